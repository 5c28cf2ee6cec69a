export { sse } from './sse.js';
export type { SseOptions } from './options.js';
