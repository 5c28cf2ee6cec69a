import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  DEFAULT_NEGOTIATED_PROTOCOL_VERSION,
  type ClientCapabilities,
  type Implementation,
  PROTOCOL_VERSION_META_KEY,
  SdkError,
  SdkErrorCode,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import {
  type Era,
  type Exchange,
  principalOf,
  RequestClientInfo,
  RequestHttpInfo,
} from '../context/index.js';
import { messageOf, RepriseError } from '../errors/index.js';
import { CancelledError, type WireRequest } from '../replay/index.js';
import type { Registration } from './protocol-server.js';

/** Translates the SDK's view of a request into ours. */
export function exchangeOf(registration: Registration, sdk: ServerContext): Exchange {
  const { server, origin, session } = registration;
  const { mcpReq, http } = sdk;
  const identity = http?.authInfo && principalOf(http.authInfo);
  const requestState = mcpReq.requestState<unknown>();
  return {
    era: origin.era,
    transport: origin.transport,
    requestId: mcpReq.id,
    sessionId: session?.idOf(sdk),
    protocolVersion: versionOf(server, sdk, origin.era),
    meta: mcpReq._meta ?? {},
    signal: mcpReq.signal,
    client: clientOf(registration, sdk),
    http: http?.req && new RequestHttpInfo(http.req),
    principal: identity?.id ?? '',
    identity,
    progressToken: mcpReq._meta?.progressToken,
    requestState: typeof requestState === 'string' ? requestState : undefined,
    inputResponses: mcpReq.inputResponses ?? {},
    onStep: origin.onStep,
    sdk,
    request: (request, timeout, signal) => askClient(sdk, request, timeout, signal),
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
async function askClient(
  { mcpReq }: ServerContext,
  request: WireRequest,
  timeout: number,
  signal: AbortSignal,
): Promise<unknown> {
  const { method, params } = withElicitationId(request);
  // each open question listens; a handler may have any number of them open at once
  setMaxListeners(0, signal);
  try {
    // the SDK types the methods it knows; ours come from the asks in context/
    return await mcpReq.send({ method: method as 'elicitation/create', params }, { timeout, signal });
  } catch (cause) {
    // first: the SDK calls a request that was taken back a timeout
    if (signal.aborted) throw new CancelledError(signal.reason);
    if (cause instanceof SdkError && cause.code === SdkErrorCode.RequestTimeout)
      throw new RepriseError('ASK_TIMEOUT', `The client did not answer ${method} within ${timeout} ms.`, {
        cause,
      });
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

function clientOf({ server, session, origin }: Registration, sdk: ServerContext): RequestClientInfo {
  if (origin.era === 'legacy')
    return new RequestClientInfo(
      server.getClientVersion(),
      server.getClientCapabilities() ?? {},
      session ?? { sdk: server },
    );
  const envelope = envelopeOf(sdk);
  return new RequestClientInfo(
    envelope[CLIENT_INFO_META_KEY] as Implementation | undefined,
    (envelope[CLIENT_CAPABILITIES_META_KEY] ?? {}) as ClientCapabilities,
    { sdk: server },
  );
}

function versionOf(server: Server, sdk: ServerContext, era: Era): string {
  if (era === 'modern') return String(envelopeOf(sdk)[PROTOCOL_VERSION_META_KEY]);
  return server.getNegotiatedProtocolVersion() ?? DEFAULT_NEGOTIATED_PROTOCOL_VERSION;
}

/** The SDK's type of the envelope lacks its keyed members; the values passed its own validation. */
function envelopeOf({ mcpReq }: ServerContext): Record<string, unknown> {
  return (mcpReq.envelope ?? {}) as Record<string, unknown>;
}
