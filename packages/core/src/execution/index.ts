export { audio, embed, image, link, text } from './content.js';
export type { CompletionRequest } from './complete.js';
export { Executor, type ExecutorOptions } from './executor.js';
export { InFlight } from './in-flight.js';
export { type Outcome, type Result, type RpcFailure, rpcCodes } from './outcome.js';
