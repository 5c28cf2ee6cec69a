export { Context } from './context.js';
export type { AskOptions, ConfirmOptions, Elicited, ElicitOptions, ElicitUrlOptions } from './elicit-types.js';
export type { HttpInfo } from './http-info.js';
export type { Era, TransportName } from './origin.js';
export type { Sampled, SampleInput, SampleOptions } from './sample-types.js';
export type { Json, StepInfo } from './step-types.js';
