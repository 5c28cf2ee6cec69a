/**
 * Every error code of the framework, with the one sentence that docs/errors.md repeats.
 * A test keeps this table and that page the same in both directions.
 */
export const catalogue = {
  // found at start-up
  START_UP: 'The server has one or more mistakes and did not start; each is listed.',
  NOT_A_SERVER: 'The class carries no @Server decorator.',
  DUPLICATE_NAME: 'Two components of one kind have the same name or URI.',
  INVALID_NAME: 'A name or URI breaks the rules of the protocol.',
  UNFILLED_PARAMETER: 'A parameter of a handler carries no decorator, so nobody can fill it.',
  MISPLACED_DECORATOR: 'A decorator stands where it has no meaning.',
  TEMPLATE_VARIABLE: 'The variables of a URI template and the @Param decorators of its handler differ.',
  MISSING_METADATA: 'The class was compiled without emitDecoratorMetadata.',
  TYPE_ONLY_IMPORT: 'The type of a decorated parameter or property is not there at run time.',
  CIRCULAR_IMPORT: 'A class was not defined yet when a decorator needed it.',
  UNSUPPORTED_TYPE: 'A type cannot be expressed as JSON Schema.',
  UNSUPPORTED_FORM: 'A type cannot be expressed as an elicitation form, which is flat.',
  DISCOVERY_FAILED: 'A folder or module named in `discover` could not be loaded.',
  NO_INSTANCE: 'A component could not be constructed.',
  NOT_A_COMPONENT: 'A class named in `components` carries no decorator of the framework.',
  SECOND_COPY: 'Two copies of @reprise/core are loaded in one process.',
  UNKNOWN_COMPLETION_TARGET: 'A @Complete names a prompt, template or argument that does not exist.',
  INVALID_OPTION: 'An option has a value that cannot work.',
  INVALID_SCOPE: 'A @Scopes names no scope, or one that OAuth does not allow.',
  HEADER_PARAMETER: 'A @McpHeader breaks the rules of the protocol for arguments in headers.',
  AUTH_MISSING: 'A server with @Scopes was to be served over HTTP without authorization.',
  ADDRESS_IN_USE: 'The port is taken by another process.',
  ALREADY_STARTED: 'The server was started twice.',
  // thrown when the catalog changes at run time
  NOT_RUNNING: 'Something that needs a running server was used before it started or after it stopped.',
  UNKNOWN_COMPONENT: 'A name or tag given to `enable` or `disable` belongs to no component.',
  UNANNOUNCED_KIND: 'Components of a kind that the server did not announce at start-up were to be added.',
  // thrown at the call
  TOOL_ERROR: 'A handler refused the call with a message that the model may read.',
  PROTOCOL_ERROR: 'A handler answered with a JSON-RPC error of its choice.',
  INSUFFICIENT_SCOPE: 'The caller lacks scopes that a component needs.',
  INVALID_ARGUMENTS: 'The arguments of a call break the rules of their DTO.',
  CAPABILITY: 'The client did not declare the capability that a question needs.',
  ELICITATION: 'The user could not give a valid answer, or none was given where one is required.',
  SAMPLING:
    'The model gave no answer that can be used: not the result that was asked for, or tool use without an end.',
  SUSPENDED: 'The attempt ended because the call waits for the client; it will be played again.',
  DIVERGED: 'On replay the handler asked something else than before.',
  STEP_FAILED: 'The function of a ctx.step threw.',
  STEP_NAME: 'A ctx.step repeats the name of another while something else of the call is under way.',
  INSIDE_STEP: 'A question or another step was begun inside of a ctx.step.',
  STEP_VALUE: 'The value of a ctx.step cannot be written as JSON.',
  ASK_KEY: 'The key given to a question is malformed.',
  STATE_TOO_LARGE: 'The sealed state of a call grew beyond its limit.',
  STATE_REJECTED: 'A requestState could not be opened; the client only learns that it is invalid or expired.',
  ASK_TIMEOUT: 'The client did not answer a question in time.',
  ASK_FAILED: 'The client answered a question with an error.',
  CANNOT_ASK: 'A question was asked where the protocol has no room for one.',
  CANCELLED: 'The client cancelled the call.',
  SESSION_UNAVAILABLE: 'Session state was used where there is neither a session nor a principal.',
  SESSION_VALUE: 'A value given to ctx.session would not come back from JSON as it was.',
  SESSION_TOO_LARGE: 'The values of one session grew beyond their limit.',
  WAKE_FAILED: 'A session at rest could not be served again.',
  NOTICE_TIMEOUT: 'A client did not take the notice of a change in time.',
  OUTSIDE_REQUEST: 'Something that needs a request was used outside of one.',
  INVALID_RETURN: 'A handler returned what cannot be sent, or what its output schema refuses.',
  MIDDLEWARE: 'A middleware broke its contract.',
  STOPPING: 'The server is shutting down and takes no new call.',
  // thrown in tests
  TEST_SCRIPT: 'The script of a test does not fit what the server asks.',
} as const;

export type ErrorCode = keyof typeof catalogue;
