export type { OwnTools } from './tools/own-tools.js';
export { sample } from './sample.js';
export { settingOf } from './sample-setting.js';
export { type SampleTool, sampleTool, type SampleToolInfo } from './tools/sample-tool.js';
export type { Sampled, SampleInput, SampleOptions } from './sample-types.js';
export { SamplingError } from './sampling-error.js';
export type {
  SamplingAnswer,
  SamplingHandler,
  SamplingOptions,
  SamplingRequest,
} from './sampling-handler.js';
