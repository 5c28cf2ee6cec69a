import { RepriseError } from '@reprise/core/transport';

/** Throws AUTH_MISSING: scopes that nobody can have, or that everybody would be taken to have, are a mistake. */
export function requireAuth(where: string, auth: object | undefined): void {
  if (auth !== undefined) return;
  throw new RepriseError(
    'AUTH_MISSING',
    'The server carries @Scopes, and this transport knows the scopes of nobody.',
    {
      where,
      fix: 'Give it the option auth, for example auth: { issuer: "https://login.example.org" }, or take the @Scopes away.',
    },
  );
}
