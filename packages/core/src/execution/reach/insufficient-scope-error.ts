import { ProtocolError } from '../../errors/index.js';
import { rpcCodes } from '../../middleware/index.js';

/**
 * Thrown at `ctx.callTool` and its like for a component whose @Scopes the caller lacks, and answered to clients as the
 * JSON-RPC error -32006 with `data: { reason: 'insufficient_scope', requiredScopes, missingScopes }`.
 */
export class InsufficientScopeError extends ProtocolError {
  override readonly code = 'INSUFFICIENT_SCOPE';

  constructor(
    target: string,
    /** All that the component needs. */
    readonly requiredScopes: readonly string[],
    /** Those of them that the caller lacks. */
    readonly missingScopes: readonly string[],
  ) {
    super(
      rpcCodes.insufficientScope,
      `${target} needs the scopes ${requiredScopes.join(' ')}; missing: ${missingScopes.join(' ')}`,
      { reason: 'insufficient_scope', requiredScopes, missingScopes },
    );
  }
}
