import { randomBytes } from 'node:crypto';
import { CapabilityError } from '../context/index.js';
import { isError, ProtocolError, RepriseError } from '../errors/index.js';
import type { Logger, LogLevel } from '../logging/index.js';
import { type Outcome, type Result, rpcCodes } from '../middleware/index.js';
import { StateRejectedError } from '../replay/index.js';
import type { Problem } from '../schema/index.js';

/** Arguments that their DTO refuses. */
export class InvalidArgumentsError extends RepriseError {
  constructor(
    target: string,
    readonly problems: readonly Problem[],
  ) {
    const lines = problems.map(({ path, message }) => `\n- ${path ? `${path}: ` : ''}${message}`).join('');
    super('INVALID_ARGUMENTS', `Invalid arguments for ${target}:${lines}`);
  }
}

/** Whose request failed, and how its method can say so. */
export interface FailedRequest<R extends Result> {
  readonly where: string;
  readonly era: 'legacy' | 'modern';
  readonly requestId: string | number;
  readonly refuse?: (message: string) => R;
}

/**
 * The one place that decides what a client learns of an error. What a handler meant for the client goes through;
 * everything else is logged under a reference, and the client gets the reference.
 */
export function classify<R extends Result>(
  thrown: unknown,
  request: FailedRequest<R>,
  log: Logger,
): Outcome<R> {
  if (thrown instanceof ProtocolError)
    return failure(thrown.rpcCode, thrown.message, thrown.data === undefined ? {} : { data: thrown.data });
  if (thrown instanceof StateRejectedError) {
    log.log('warning', thrown.message, { where: request.where, requestId: request.requestId });
    return failure(rpcCodes.invalidParams, 'Invalid or expired requestState', {
      data: { reason: 'invalid_request_state' },
    });
  }
  if (thrown instanceof InvalidArgumentsError)
    return refusal(thrown.message, request, rpcCodes.invalidParams, { data: { problems: thrown.problems } });
  if (thrown instanceof CapabilityError && request.era === 'modern')
    return failure(rpcCodes.missingClientCapability, thrown.message, {
      data: { requiredCapabilities: thrown.required },
    });
  if (thrown instanceof RepriseError) {
    switch (thrown.code) {
      case 'TOOL_ERROR':
      case 'CAPABILITY':
      case 'ELICITATION':
      case 'SAMPLING':
      case 'ASK_TIMEOUT':
      case 'ASK_FAILED':
        return refusal(thrown.message, request, rpcCodes.invalidRequest);
      case 'STOPPING':
        return failure(rpcCodes.serverStopping, thrown.message);
      case 'CANCELLED':
        return failure(rpcCodes.invalidRequest, thrown.message);
      default:
    }
  }
  return refusal(`Internal error (ref ${report(thrown, request, log)})`, request, rpcCodes.internalError);
}

function failure(code: number, message: string, data: { data?: unknown } = {}): Outcome<never> {
  return { kind: 'failure', failure: { code, message, ...data } };
}

function refusal<R extends Result>(
  message: string,
  { refuse }: FailedRequest<R>,
  code: number,
  data?: { data: unknown },
): Outcome<R> {
  return refuse ? { kind: 'result', result: refuse(message) } : failure(code, message, data);
}

function report<R extends Result>(thrown: unknown, request: FailedRequest<R>, log: Logger): string {
  return logUnderReference('error', 'Internal error', { thrown, request, log });
}

/** Writes an error with its stack, and returns the reference it can be found by. */
export function logUnderReference<R extends Result>(
  level: LogLevel,
  what: string,
  { thrown, request, log }: { thrown: unknown; request: FailedRequest<R>; log: Logger },
): string {
  const ref = newReference();
  const error = isError(thrown) ? chain(thrown) : String(thrown);
  const { where, requestId } = request;
  log.log(level, `${what} (ref ${ref})`, { ref, where, requestId, error });
  return ref;
}

/** The stacks of an error and of its causes. */
function chain(error: Error): string {
  const own = error.stack ?? error.message;
  return isError(error.cause) ? `${own}\nCaused by: ${chain(error.cause)}` : own;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Short enough to read out on the phone: 25 bits. */
function newReference(): string {
  return Array.from(randomBytes(5), (byte) => alphabet[byte % alphabet.length]).join('');
}
