import {
  Arg,
  cached,
  type Context,
  Ctx,
  McpServer,
  type Middleware,
  only,
  ProtocolError,
  rateLimit,
  Resource,
  Server,
  timeout,
  timing,
  Tool,
  ToolError,
  Use,
} from '@reprise/core';
import { books } from './catalogue.js';

// #region guard
/** Lets the staff in, and nobody else. */
const staffOnly: Middleware = (ctx, next) => {
  if (ctx.principal?.scopes.includes('staff')) return next();
  throw new ToolError('Only the staff may do that. Ask at the desk.');
};
// #endregion guard

// #region audit
const audit: Middleware = async (ctx, next, log) => {
  const outcome = await next();
  if (ctx.request.round === 1) log.log('notice', 'asked for', { who: ctx.principal?.subject });
  if (outcome.kind === 'failure') log.log('warning', 'failed', { code: outcome.failure.code });
  return outcome;
};
// #endregion audit

// #region rewrite
/** The tools that only the staff may call are not even shown to others. */
const hideStaffTools = only('tools/list', async (ctx, next) => {
  const outcome = await next();
  if (outcome.kind !== 'result' || ctx.principal?.scopes.includes('staff')) return outcome;
  return { ...outcome.result, tools: outcome.result.tools.filter((tool) => tool.name !== 'discard') };
});
// #endregion rewrite

// #region closed
const closedAtNight = (isOpen: () => boolean): Middleware =>
  only('resources/read', (_ctx, next) => {
    if (!isOpen()) throw new ProtocolError(-32050, 'The library is closed.', { opens: '09:00' });
    return next();
  });
// #endregion closed

// #region state
const readerCard: Middleware = (ctx, next) => {
  ctx.state.set('card', ctx.http?.header('x-reader-card') ?? 'guest');
  return next();
};
// #endregion state

// #region use
@Use(timing())
@Server({ name: 'library', version: '1.0.0' })
export class Guarded extends McpServer {
  @Use(cached({ ttlMs: 60_000, shareAnonymous: true }))
  @Tool({ description: 'Find books by their author' })
  search(@Arg('author') author: string): string {
    return books
      .filter((book) => book.author.includes(author))
      .map((book) => book.title)
      .join(', ');
  }

  @Use(staffOnly, timeout(5_000))
  @Tool({ description: 'Throw a book away' })
  async discard(@Arg('isbn') isbn: string, @Ctx() ctx: Context): Promise<string> {
    const sure = await ctx.confirm(`Throw ${isbn} away?`);
    return sure ? `${isbn} is gone.` : 'Nothing happened.';
  }

  @Use(readerCard)
  @Tool({ description: 'Whose card is this?' })
  card(@Ctx() ctx: Context): string {
    return String(ctx.state.get('card'));
  }

  @Resource('library://notice')
  notice(): string {
    return 'Open from nine.';
  }
}
// #endregion use

export function guarded(options?: ConstructorParameters<typeof Guarded>[0], isOpen = () => true): Guarded {
  // #region server-use
  const server = new Guarded(options).use(
    rateLimit({ perMinute: 120, burst: 20 }),
    audit,
    hideStaffTools,
    closedAtNight(isOpen),
  );
  // #endregion server-use
  return server;
}
