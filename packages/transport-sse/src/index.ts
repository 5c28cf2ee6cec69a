export { sse } from './sse.js';
export type { SseOptions } from './options.js';
export type { AuthOptions, VerifiedCaller, VerifiedRequest } from '@reprise/http-edge';
