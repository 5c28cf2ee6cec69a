import type { ServerContext } from '@modelcontextprotocol/server';
import type { Call } from '../call.js';
import type { Exchange } from '../exchange.js';

/** The request being handled: what is asked for, and what came with it. */
export interface RequestInfo {
  readonly method: Call['method'];
  /** Of the tool or prompt. */
  readonly name?: string;
  /** Of the resource. */
  readonly uri?: string;
  /** As they came, before validation. */
  readonly arguments?: Readonly<Record<string, unknown>>;
  /** The `_meta` of the request, without what the protocol itself keeps there. */
  readonly meta: Readonly<Record<string, unknown>>;
  /** What the client wants its progress to be marked with; undefined if it wants none. */
  readonly progressToken: string | number | undefined;
  /** 1 for the first; grows by one each time the client comes back with answers (2026-07-28). */
  readonly round: number;
  /** Whether a handler or middleware of this server made the call: `ctx.callTool` and the like. */
  readonly nested: boolean;
  /** The SDK's own view of the request: for what the Context does not offer. Ties you to the SDK's version. */
  readonly sdk: ServerContext;
}

export function requestInfoOf(
  call: Call,
  exchange: Exchange,
  facts: Pick<RequestInfo, 'round' | 'nested'>,
): RequestInfo {
  const { meta, progressToken, sdk } = exchange;
  const info = { ...summaryOf(call), meta, progressToken, ...facts };
  // a log or a result that prints the request must not print connections and tokens
  return Object.freeze(Object.defineProperty(info, 'sdk', { value: sdk })) as RequestInfo; // now it has them all
}

function summaryOf(call: Call): Pick<RequestInfo, 'method' | 'name' | 'uri' | 'arguments'> {
  switch (call.method) {
    case 'tools/call':
    case 'prompts/get':
    case 'resources/read':
      return call;
    case 'completion/complete': {
      const { method, target, resolved } = call;
      const of = 'prompt' in target ? { name: target.prompt } : { uri: target.template };
      return { method, ...of, arguments: resolved };
    }
    default:
      return { method: call.method };
  }
}
