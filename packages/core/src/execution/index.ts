export { audio, embed, image, link, text } from './results/content.js';
export { Executor, type ExecutorOptions } from './executor.js';
export { DevCheck } from './dev-check.js';
export { InsufficientScopeError } from './reach/insufficient-scope-error.js';
export { InFlight } from './in-flight.js';
export { didYouMean } from './near-matches.js';
