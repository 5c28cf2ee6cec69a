export { cached, type CachedOptions } from './cached.js';
export type { Answer, Middleware, Next, NextOptions } from './middleware.js';
export { only } from './only.js';
export {
  type Method,
  type Outcome,
  type Result,
  type Results,
  type RpcFailure,
  rpcCodes,
  type Suspension,
} from './outcome.js';
export { rateLimit, type RateLimitOptions } from './rate-limit.js';
export { type Stage, throughMiddleware } from './through-middleware.js';
export { timeout } from './timeout.js';
export { timing, type TimingOptions } from './timing.js';
