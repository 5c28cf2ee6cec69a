import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  type ClientCapabilities,
  type Implementation,
  SdkError,
  SdkErrorCode,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { Exchange, HttpInfo } from '../context/index.js';
import { messageOf, RepriseError } from '../errors/index.js';
import type { WireRequest } from '../replay/index.js';
import type { ServerOrigin } from './transport.js';

/** Translates the SDK's view of a request into ours. */
export function exchangeOf(server: Server, sdk: ServerContext, origin: ServerOrigin): Exchange {
  const { mcpReq } = sdk;
  const requestState = mcpReq.requestState<unknown>();
  return {
    era: origin.era,
    transport: origin.transport,
    requestId: mcpReq.id,
    sessionId: sdk.sessionId,
    signal: mcpReq.signal,
    client: clientOf(server, sdk, origin),
    http: httpOf(sdk),
    principal: principalOf(sdk),
    progressToken: mcpReq._meta?.progressToken,
    requestState: typeof requestState === 'string' ? requestState : undefined,
    inputResponses: mcpReq.inputResponses ?? {},
    request: (request, timeout) => askClient(sdk, request, timeout),
    notify: (notification) => tell(mcpReq.signal, () => mcpReq.notify(notification)),
    log: (level, data, logger) => tell(mcpReq.signal, () => mcpReq.log(level, data, logger)),
  };
}

/** Nothing is sent about a cancelled call, and a client that left cannot be told anything; neither is the handler's error. */
async function tell(signal: AbortSignal, send: () => Promise<void>): Promise<void> {
  if (signal.aborted) return;
  try {
    await send();
  } catch {
    // the exchange is closed
  }
}

/** On this request's own stream: the one way that needs no second stream from the client. */
async function askClient({ mcpReq }: ServerContext, request: WireRequest, timeout: number): Promise<unknown> {
  const { method, params } = withElicitationId(request);
  // each open question listens; a handler may have any number of them open at once
  setMaxListeners(0, mcpReq.signal);
  try {
    // the SDK types the methods it knows; ours come from the asks in context/
    return await mcpReq.send(
      { method: method as 'elicitation/create', params },
      { timeout, signal: mcpReq.signal },
    );
  } catch (cause) {
    if (cause instanceof SdkError && cause.code === SdkErrorCode.RequestTimeout)
      throw new RepriseError('ASK_TIMEOUT', `The client did not answer ${method} within ${timeout} ms.`, {
        cause,
      });
    if (mcpReq.signal.aborted) throw new RepriseError('CANCELLED', 'The call was cancelled.', { cause });
    throw new RepriseError('ASK_FAILED', `The client answered ${method} with an error: ${messageOf(cause)}`, {
      cause,
    });
  }
}

/** Legacy clients match a later completion notice by this id. */
function withElicitationId(request: WireRequest): WireRequest {
  if (request.params?.['mode'] !== 'url') return request;
  return { ...request, params: { ...request.params, elicitationId: randomUUID() } };
}

function clientOf(server: Server, { mcpReq }: ServerContext, { era }: ServerOrigin): Exchange['client'] {
  if (era === 'legacy')
    return { info: server.getClientVersion(), capabilities: server.getClientCapabilities() ?? {} };
  // the SDK's type of the envelope lacks its keyed members; the values passed its own validation
  const envelope = (mcpReq.envelope ?? {}) as Record<string, unknown>;
  return {
    info: envelope[CLIENT_INFO_META_KEY] as Implementation | undefined,
    capabilities: (envelope[CLIENT_CAPABILITIES_META_KEY] ?? {}) as ClientCapabilities,
  };
}

function principalOf({ http }: ServerContext): string {
  return http?.authInfo?.clientId ?? '';
}

const secretHeaders = new Set(['authorization', 'cookie', 'proxy-authorization']);

function httpOf({ http }: ServerContext): HttpInfo | undefined {
  const request = http?.req;
  if (!request) return undefined;
  return {
    url: request.url,
    headers: Object.fromEntries([...request.headers].filter(([name]) => !secretHeaders.has(name))),
  };
}
