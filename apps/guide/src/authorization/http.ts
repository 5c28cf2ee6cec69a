import { createHash } from 'node:crypto';
import { type Context, Ctx, McpServer, Resource, Server, Tool } from '@reprise/core';
import { sse } from '@reprise/transport-sse';
import { streamableHttp } from '@reprise/transport-streamable-http';

// #region tenant
@Server({ name: 'library', version: '1.0.0' })
export class Branches extends McpServer {
  @Tool({ description: 'Who am I here?' })
  whoami(@Ctx() { principal }: Context): string {
    return `${principal?.subject}, by ${principal?.clientId}, may ${principal?.scopes.join(' and ')}`;
  }

  @Resource('library://books')
  books(@Ctx() ctx: Context): string {
    return shelves.get(branchOf(ctx))?.join('\n') ?? 'No books yet.';
  }
}

/** The tenant comes from the token, never from an argument: a model cannot be talked into another one. */
function branchOf({ principal }: Context): string {
  return String(principal?.claims['branch']);
}
// #endregion tenant

const shelves = new Map([
  ['north', ['The Lighthouse']],
  ['south', ['Salt and Stars', 'Gardens']],
]);

// #region issuer
export const withTokensOf = (issuer: string, port = 3000) =>
  streamableHttp({ port, auth: { issuer, scopes: ['library:read'] } });
// #endregion issuer

// #region introspection
export const withOpaqueTokensOf = (issuer: string, clientSecret: string) =>
  streamableHttp({ auth: { issuer, introspection: { clientId: 'library', clientSecret } } });
// #endregion introspection

// #region keys
export const withKeys = (keys: ReadonlyMap<string, { owner: string; branch: string }>, port = 3000) =>
  streamableHttp({
    port,
    auth: {
      header: 'x-api-key',
      verify: (key) => {
        const found = keys.get(digest(key));
        return found && { subject: found.owner, scopes: ['library:read'], claims: { branch: found.branch } };
      },
    },
  });

/** Only digests are stored, so the store holds no key that works; and looking one up tells nothing by its duration. */
export function digest(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
// #endregion keys

// #region proxy
export const behindProxy = (issuer: string) =>
  streamableHttp({
    host: '0.0.0.0',
    allowedHosts: ['mcp.example.org'],
    publicUrl: 'https://mcp.example.org/library/mcp',
    auth: { issuer },
  });
// #endregion proxy

// #region both
export const overBoth = (library: McpServer, issuer: string) => {
  const auth = { issuer, scopes: ['library:read'] };
  return library.start(streamableHttp({ auth }), sse({ auth }));
};
// #endregion both
