export { type Capability, CapabilityError } from './capability-error.js';
export { Context } from './context.js';
export { currentContext } from './current.js';
export type {
  AskOptions,
  ConfirmOptions,
  Elicited,
  ElicitOptions,
  ElicitUrlOptions,
} from './elicit-types.js';
export type { Exchange } from './exchange.js';
export type { HttpInfo } from './http-info.js';
export type { Era, TransportName } from './origin.js';
export { type ContextParts, type NestedCalls, RequestContext } from './request-context.js';
export type { RunningServer } from './running-server.js';
export type { Sampled, SampleInput, SampleOptions } from './sample-types.js';
export type { Surroundings } from './surroundings.js';
