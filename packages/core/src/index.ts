/** For authors of servers. */
export {
  type AskOptions,
  type Capability,
  CapabilityError,
  type ConfirmOptions,
  Context,
  type Elicited,
  type ElicitOptions,
  type ElicitUrlOptions,
  type Era,
  type HttpInfo,
  type Sampled,
  type SampleInput,
  type SampleOptions,
  type TransportName,
} from './context/index.js';
export {
  Arg,
  Args,
  Complete,
  createParamDecorator,
  Ctx,
  Default,
  Description,
  Example,
  Param,
  Prompt,
  Resource,
  Server,
  Signal,
  Title,
  Tool,
} from './decorators/index.js';
export { type ErrorCode, ProtocolError, RepriseError, StartUpError, ToolError } from './errors/index.js';
export { audio, embed, image, link, text } from './execution/index.js';
export { type Logger, type LogLevel } from './logging/index.js';
export type {
  CacheHint,
  ComponentClass,
  Container,
  PromptOptions,
  ResourceOptions,
  ServerOptions,
  ToolOptions,
} from './metadata/index.js';
export {
  CancelledError,
  DivergenceError,
  ElicitationError,
  type Json,
  type RoundLedger,
  type StepInfo,
  StepError,
  SuspendedError,
} from './replay/index.js';
export {
  describeRule,
  type Dto,
  type FormData,
  type FormType,
  Integer,
  type RuleDescription,
  type RuleIdentity,
} from './schema/index.js';
export { McpServer, type McpServerOptions, type StateOptions } from './server/index.js';
