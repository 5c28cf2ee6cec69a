export { catalogue, type ErrorCode } from './catalogue.js';
export { isError, messageOf } from './is-error.js';
export { RepriseError, type ErrorFacts } from './reprise-error.js';
export { StartUpError } from './start-up-error.js';
export { ProtocolError, ToolError } from './thrown-by-handlers.js';
