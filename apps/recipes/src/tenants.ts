import {
  Arg,
  type Context,
  createParamDecorator,
  Ctx,
  McpServer,
  Param,
  ProtocolError,
  Resource,
  Server,
  Tool,
} from '@reprise/core';
import { streamableHttp } from '@reprise/transport-streamable-http';

// #region tenant
/** The rows of one tenant; there is no way from here to those of another. */
export class TenantNotes {
  private readonly notes = new Map<string, string>();

  list(): string[] {
    return [...this.notes.keys()];
  }
  read(title: string): string | undefined {
    return this.notes.get(title);
  }
  write(title: string, body: string): void {
    this.notes.set(title, body);
  }
  remove(title: string): void {
    this.notes.delete(title);
  }
}

const tenants = new Map<string, TenantNotes>();

/** Fills a parameter with what belongs to the tenant of the token. Without a tenant no handler runs. */
const Notes = createParamDecorator(({ principal }: Context): TenantNotes => {
  const tenant = principal?.claims['tenant'];
  if (typeof tenant !== 'string' || tenant === '') throw new ProtocolError(-32600, 'No tenant in the token.');
  const notes = tenants.get(tenant) ?? new TenantNotes();
  tenants.set(tenant, notes);
  return notes;
}, 'Notes');
// #endregion tenant

// #region server
@Server({ name: 'notes', version: '1.0.0' })
export class NotesServer extends McpServer {
  @Tool({ description: 'Write a note' })
  write(@Arg('title') title: string, @Arg('body') body: string, @Notes() notes: TenantNotes): string {
    notes.write(title, body);
    return `Noted: ${title}.`;
  }

  @Tool({ description: 'Remove a note' })
  async remove(
    @Arg('title') title: string,
    @Notes() notes: TenantNotes,
    @Ctx() ctx: Context,
  ): Promise<string> {
    if (!(await ctx.confirm(`Remove ${title}?`))) return 'Kept.';
    await ctx.step('remove', () => notes.remove(title));
    return `Removed: ${title}.`;
  }

  @Resource('note://{title}')
  read(@Param('title') title: string, @Notes() notes: TenantNotes): string {
    return notes.read(title) ?? 'No such note.';
  }
}
// #endregion server

// #region serve
export const withTokensOf = (issuer: string, port = 3000) =>
  streamableHttp({ port, auth: { issuer, scopes: ['notes'] } });
// #endregion serve

// #region keys
export const withKeys = (tenantOf: (key: string) => string | undefined, port = 3000) =>
  streamableHttp({
    port,
    auth: {
      verify: (key) => {
        const tenant = tenantOf(key);
        return tenant === undefined ? undefined : { subject: tenant, claims: { tenant } };
      },
    },
  });
// #endregion keys
