import {
  type JSONRPCRequest,
  ProtocolError,
  ProtocolErrorCode,
  type Result,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { isError } from '../errors/index.js';

type Handler = (request: JSONRPCRequest, ctx: ServerContext) => Promise<Result>;

interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A client that sends nonsense need not hear all that is wrong with it. */
const mostIssues = 3;

/** The SDK's server, except that wrong parameters are -32602 and a sentence: it says -32603 and dumps its schema's issues. */
export class CheckedServer extends Server {
  /** The SDK's hook for subclasses. The base constructor calls it too, so it may use no field. */
  protected override _wrapHandler(method: string, handler: Handler): Handler {
    const wrapped = super._wrapHandler(method, handler);
    return async (request, ctx) => {
      try {
        return await wrapped(request, ctx);
      } catch (thrown) {
        throw wrongParameters(method, thrown) ?? thrown;
      }
    };
  }
}

/** What was thrown as `Invalid params`, if it is the refusal of the SDK's schema for a method. */
function wrongParameters(method: string, thrown: unknown): ProtocolError | undefined {
  const dump = isError(thrown) && /^(?:Invalid \S+ request: )?(\[\s*\{.*)$/s.exec(thrown.message)?.[1];
  const issues = dump ? issuesIn(dump) : undefined;
  if (issues === undefined) return undefined;
  const said = [...new Set(issues.map(sentence))].slice(0, mostIssues).join('; ');
  return new ProtocolError(ProtocolErrorCode.InvalidParams, `Invalid params for ${method}: ${said}`);
}

function issuesIn(dump: string): readonly Issue[] | undefined {
  try {
    const parsed: unknown = JSON.parse(dump);
    return Array.isArray(parsed) && parsed.every(isIssue) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isIssue(value: unknown): value is Issue {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'path' in value && Array.isArray(value.path) && 'message' in value && typeof value.message === 'string'
  );
}

function sentence({ path, message }: Issue): string {
  const place = path[0] === 'params' ? path.slice(1) : path;
  const reason = message
    .replace(/^Invalid (input|option): /, '')
    .replace(/^Invalid input$/, 'has none of the allowed shapes');
  return place.length === 0 ? reason : `${place.join('.')}: ${reason}`;
}
