export { streamableHttp } from './streamable-http.js';
export type { StreamableHttpOptions } from './options.js';
export type { EventLogLimits } from './event-log.js';
export type { AuthOptions, VerifiedCaller, VerifiedRequest } from '@reprise/http-edge';
