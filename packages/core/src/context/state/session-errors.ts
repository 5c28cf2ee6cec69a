import { type ErrorCode, RepriseError } from '../../errors/index.js';

/** There is nothing that a session could hang on: the protocol has none, and nobody is authenticated. */
export class SessionUnavailableError extends RepriseError {
  constructor(where: string) {
    super('SESSION_UNAVAILABLE', 'Clients of 2026-07-28 have no session, and nobody is authenticated.', {
      where,
      fix: 'Turn on authentication, so that ctx.session belongs to the principal; or return a handle that the client passes as an argument next time; or keep what one call needs over its rounds in ctx.step.',
    });
  }
}

/** A value that JSON cannot hold unchanged. A TypeError, since only a change of the program mends it. */
export class SessionValueError extends TypeError {
  readonly code: ErrorCode = 'SESSION_VALUE';

  constructor(
    readonly where: string,
    what: string,
    readonly fix: string,
  ) {
    super(`${where}: ${what} ${fix}`);
    this.name = 'SessionValueError';
  }
}
