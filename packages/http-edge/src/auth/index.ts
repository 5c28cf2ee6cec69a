export type { AuthInfo } from './auth-info.js';
export { AuthGate } from './auth-gate.js';
export {
  checkAuth,
  type AuthOptions,
  type IntrospectionOptions,
  type IssuerAuthOptions,
  type VerifiedCaller,
  type VerifiedRequest,
  type VerifierAuthOptions,
} from './auth-options.js';
export { requireAuth } from './require-auth.js';
