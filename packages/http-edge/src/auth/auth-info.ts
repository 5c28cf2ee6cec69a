/** What a valid token says. The SDK hands it to handlers as it is, and core makes `ctx.principal` of it. */
export interface AuthInfo {
  token: string;
  clientId: string;
  scopes: string[];
  /** Seconds since 1970. */
  expiresAt?: number;
  /** The claims; `iss` and `sub` name the principal together with `clientId`. */
  extra: Record<string, unknown>;
}

/** Why a token is not good. The reason is for the operator's log; clients only learn whether it expired. */
export class InvalidToken extends Error {
  constructor(
    reason: string,
    readonly expired = false,
  ) {
    super(reason);
    this.name = 'InvalidToken';
  }
}

/** The authorization server cannot be asked, or what it says cannot be relied on: no fault of the token. */
export class AuthorityUnavailable extends Error {
  override readonly name = 'AuthorityUnavailable';
}
