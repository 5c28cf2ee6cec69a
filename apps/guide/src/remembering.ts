import {
  Arg,
  type Context,
  createParamDecorator,
  Ctx,
  McpServer,
  type McpServerOptions,
  MemorySessionStore,
  Server,
  type SessionStore,
  Tool,
} from '@reprise/core';
import { bookOf, books } from './catalogue.js';

// #region request-decorator
/** Read once in a request, however many of its parameters want it. */
const Shelf = createParamDecorator((ctx) => {
  if (!ctx.state.has('shelf')) ctx.state.set('shelf', new Map(books.map((book) => [book.isbn, book])));
  return ctx.state.get<Map<string, (typeof books)[number]>>('shelf');
});
// #endregion request-decorator

@Server({ name: 'library', version: '1.0.0' })
export class Remembering extends McpServer {
  // #region request
  @Tool({ description: 'The title of a book' })
  title(@Arg('isbn') isbn: string, @Shelf() shelf: Map<string, { title: string }>): string {
    return shelf.get(isbn)?.title ?? 'unknown';
  }

  @Tool({ description: 'Two titles' })
  async both(@Ctx() ctx: Context): Promise<string> {
    const first = await ctx.callTool('title', { isbn: '0001' }); // the shelf it reads stays with it
    ctx.state.set('shelf', new Map([['0002', { title: 'on loan' }]]));
    const second = await ctx.callTool('title', { isbn: '0002' }); // sees the shelf of its caller
    return JSON.stringify([first.content, second.content]);
  }
  // #endregion request

  // #region session
  @Tool({ description: 'Put a book into the basket' })
  async take(@Arg('isbn') isbn: string, @Ctx() ctx: Context): Promise<string> {
    const basket = [...((await ctx.session.get<string[]>('basket')) ?? []), isbn];
    await ctx.session.set('basket', basket);
    return `${basket.length} in the basket`;
  }
  // #endregion session

  // #region step
  @Tool({ description: 'Take a book home' })
  async home(@Ctx() ctx: Context): Promise<string> {
    const basket = await ctx.step('look', () => ctx.session.get<string[]>('basket'));
    const sure = await ctx.confirm(`Take ${basket?.length ?? 0} books home?`);
    if (sure) await ctx.step('empty', () => ctx.session.delete('basket'));
    return sure ? `Enjoy ${basket?.map((isbn) => bookOf(isbn)?.title).join(' and ')}.` : 'As you like.';
  }
  // #endregion step
}

// #region handle
@Server({ name: 'library', version: '1.0.0' })
export class Handles extends McpServer {
  private readonly baskets = new Map<string, string[]>();

  @Tool({ description: 'Put a book into a basket. Pass the basket of the last answer to go on with it.' })
  take(@Arg('isbn') isbn: string, @Arg('basket', { required: false }) basket?: string) {
    const handle = basket ?? crypto.randomUUID();
    this.baskets.set(handle, [...(this.baskets.get(handle) ?? []), isbn]);
    return { basket: handle, books: this.baskets.get(handle) };
  }
}
// #endregion handle

// #region limits
export function small(options: McpServerOptions): Remembering {
  const sessions = new MemorySessionStore({ maxSessions: 100, idle: 5 * 60_000 });
  return new Remembering({ ...options, sessions });
}
// #endregion limits

// #region store
/** What the store needs of a database that all processes share; Redis has these four under other names. */
export interface Hashes {
  read(name: string, field: string): Promise<string | undefined>;
  write(name: string, field: string, text: string, keepMs: number): Promise<void>;
  erase(name: string, field: string): Promise<boolean>;
  drop(name: string): Promise<void>;
}

export function sharedSessions(hashes: Hashes): SessionStore {
  const keepMs = 24 * 60 * 60_000;
  const nameOf = ({ kind, id }: { kind: string; id: string }) => `library:${kind}:${id}`;
  return {
    get: (owner, key) => hashes.read(nameOf(owner), key),
    set: (owner, key, json) => hashes.write(nameOf(owner), key, json, keepMs),
    delete: (owner, key) => hashes.erase(nameOf(owner), key),
    forget: (owner) => hashes.drop(nameOf(owner)),
  };
}
// #endregion store
