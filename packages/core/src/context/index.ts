export type { Call, ListMethod } from './call.js';
export { type Capability, CapabilityError } from './capability-error.js';
export { Context } from './context.js';
export { currentContext, runWithContext } from './current.js';
export type {
  AskOptions,
  ConfirmOptions,
  Elicited,
  ElicitOptions,
  ElicitUrlOptions,
} from './elicit-types.js';
export type { Exchange, StepRun } from './exchange.js';
export type { Era, TransportName } from './origin.js';
export type { ContextParts, NestedCalls } from './context-parts.js';
export { RequestContext } from './request-context.js';
export { type ClientInfo, RequestClientInfo } from './request/client-info.js';
export { type HttpInfo, RequestHttpInfo } from './request/http-info.js';
export { type ParsedMessage, parseMessage } from './request/parse-message.js';
export { servePeer } from './request/peer.js';
export { type Principal, principalOf } from './request/principal.js';
export type { RequestInfo } from './request/request-info.js';
export { RequestScope } from './request-scope.js';
export type { ComponentSelection, RunningServer } from './running-server.js';
export {
  type OwnTools,
  type Sampled,
  type SampleInput,
  type SampleOptions,
  type SampleTool,
  sampleTool,
  type SampleToolInfo,
  type SamplingAnswer,
  SamplingError,
  type SamplingHandler,
  type SamplingOptions,
  type SamplingRequest,
} from './sampling/index.js';
export { MemorySessionStore, type MemorySessionStoreOptions } from './state/memory-session-store.js';
export { type RequestState, StateLayer } from './state/request-state.js';
export { SessionUnavailableError, SessionValueError } from './state/session-errors.js';
export type { SessionState } from './state/session-state.js';
export type { SessionOwner, SessionStore } from './state/session-store.js';
export type { Surroundings } from './surroundings.js';
