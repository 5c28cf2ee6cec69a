/** For tests of servers. */
export { Call } from './client/call.js';
export type { ClientLog, ProgressReport } from './client/call-record.js';
export type { CallOptions, ConnectOptions } from './client/connect-options.js';
export { TestClient } from './client/test-client.js';
export type { TestPrincipal } from './client/test-principal.js';
export type { Notification, WireMessage } from './client/traffic.js';
export { connect } from './connect.js';
export { type ConnectInEra, type Describe, eachEra } from './each-era.js';
export { matchers, type Verdict } from './looking/matchers.js';
export { StepRuns } from './looking/step-runs.js';
export type { Answer } from './script/answer.js';
export type { AskedQuestion, Question, Reply } from './script/question.js';
export type { Script } from './script/script.js';
export type { ModelAnswer, ModelRequest } from './script/scripted-model.js';
export { type ConnectionWatch, MemoryTransport } from './server/memory-transport.js';
export { type LogLine, RecordedLog } from './server/recorded-log.js';
export { serve, type Served, type ServeOptions } from './server/serve.js';
export type { ServerSource } from './server/source.js';
