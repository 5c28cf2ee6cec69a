/** What the HTTP transports of Reprise are built on. */
export { accepts } from './accept.js';
export type {
  AuthInfo,
  AuthOptions,
  IntrospectionOptions,
  IssuerAuthOptions,
  VerifiedCaller,
  VerifiedRequest,
  VerifierAuthOptions,
} from './auth/index.js';
export { HttpEdge, type Exchange, type Handler, type Routes } from './edge.js';
export { requirePositive, type EdgeOptions } from './options.js';
export { Refusal, rpcCode } from './refusal.js';
export { replyAccepted } from './reply.js';
export { cancelledCall, RunningCalls } from './running-calls.js';
export { SessionTable, type Session, type SessionLimits } from './sessions.js';
export { maxUnread } from './unread.js';
