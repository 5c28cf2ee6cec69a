export { NoTelemetry } from './no-telemetry.js';
export { Telemetry } from './telemetry.js';
export type { TraceIds } from './trace-ids.js';
export type { MeasuredFlush, RequestTraits, Watch } from './watch.js';
