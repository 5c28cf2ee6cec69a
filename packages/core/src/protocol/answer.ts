import {
  type InputRequiredResult,
  inputRequired,
  ProtocolError as SdkProtocolError,
} from '@modelcontextprotocol/server';
import { ProtocolError } from '../errors/index.js';
import type { Outcome, Result } from '../middleware/index.js';

/** An outcome in the SDK's terms: a result, `input_required`, or a thrown JSON-RPC error. */
export function answer<R extends Result>(outcome: Outcome<R>): R | InputRequiredResult {
  switch (outcome.kind) {
    case 'result':
      return outcome.result;
    case 'failure': {
      const { code, message, data } = outcome.failure;
      throw new SdkProtocolError(code, message, data);
    }
    case 'suspended':
      return inputRequired({
        // built by the asks in context/, which render exactly the requests the SDK lists here
        inputRequests: outcome.questions as Parameters<typeof inputRequired>[0]['inputRequests'],
        requestState: outcome.requestState,
      });
  }
}

/** Our errors in the SDK's terms, for handlers that answer without an outcome. */
export async function translatingErrors<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof ProtocolError)
      throw new SdkProtocolError(thrown.rpcCode, thrown.message, thrown.data);
    throw thrown;
  }
}
