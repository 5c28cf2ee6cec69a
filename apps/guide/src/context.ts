import {
  Arg,
  Context,
  createParamDecorator,
  Ctx,
  McpServer,
  Param,
  Prompt,
  Resource,
  Server,
  Tool,
} from '@reprise/core';
import { bookOf, books } from './catalogue.js';

// #region make-decorator
const ClientName = createParamDecorator((ctx) => ctx.client.info?.name ?? 'somebody', 'ClientName');
// #endregion make-decorator

@Server({ name: 'library', version: '1.0.0' })
export class Contexts extends McpServer {
  // #region use-decorator
  @Tool({ description: 'Say hello' })
  greet(@ClientName() who: string): string {
    return `Hello, ${who}.`;
  }
  // #endregion use-decorator

  // #region who
  @Tool({ description: 'What the server knows about this call' })
  about(@Ctx() ctx: Context) {
    return {
      era: ctx.era,
      transport: ctx.transport,
      session: ctx.sessionId !== undefined,
      client: ctx.client.info?.name,
      canFillForms: ctx.client.capabilities.elicitation !== undefined,
      userAgent: ctx.http?.headers['user-agent'],
    };
  }
  // #endregion who

  // #region progress
  @Tool({ description: 'Dust all books' })
  async dust(@Ctx() ctx: Context): Promise<string> {
    for (const [index, book] of books.entries()) {
      if (ctx.signal.aborted) break;
      await ctx.reportProgress(index + 1, books.length, `Dusting ${book.title}`);
      await ctx.info({ dusted: book.isbn }, { logger: 'housekeeping' });
    }
    return 'All clean.';
  }
  // #endregion progress

  // #region change
  private notices: string[] = [];

  @Tool({ description: 'Put up a notice' })
  putUp(@Arg('text') text: string, @Ctx() ctx: Context): void {
    this.notices.push(text);
    ctx.notifyResourceUpdated('library://notices');
  }

  @Resource('library://notices')
  board(): string {
    return this.notices.join('\n');
  }
  // #endregion change

  // #region current-handler
  @Tool({ description: 'Open the door' })
  async open(): Promise<string> {
    await unlock();
    return 'Open.';
  }
  // #endregion current-handler

  // #region nested
  @Tool({ description: 'A book, its page one, and what to do with it' })
  async tour(@Ctx() ctx: Context): Promise<string> {
    const dusted = await ctx.callTool('dust');
    const page = await ctx.readResource('book://0001/page/1');
    const plan = await ctx.getPrompt('plan');
    return [dusted.content, page.contents, plan.messages].map((parts) => parts.length).join(', ');
  }

  @Resource('book://{isbn}/page/{page}')
  page(@Param('isbn') isbn: string, @Param('page') page: number): string {
    return `${bookOf(isbn)?.title}, page ${page}`;
  }

  @Prompt()
  plan(): string {
    return 'Plan what to read.';
  }
  // #endregion nested
}

// #region current
/** Far below the handler, without a parameter for it. */
async function unlock(): Promise<void> {
  await Context.current()?.notice('The door was opened.');
}
// #endregion current
