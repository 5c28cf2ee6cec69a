import { Arg, Context, Ctx, McpServer, Prompt, Resource, Scopes, Server, Tool } from '@reprise/core';

// #region nested
class Editions {
  @Tool({ description: 'Replace a book by its new edition' })
  async renew(@Arg('title') title: string, @Ctx() ctx: Context): Promise<string> {
    await ctx.callTool('discard', { title }); // refused where the caller lacks stock:delete
    await ctx.callTool('add', { title });
    return `${title} is new.`;
  }
}
// #endregion nested

// #region server
@Scopes('stock:write')
class Stock {
  @Tool({ description: 'Put a book on the shelf' })
  add(@Arg('title') title: string): string {
    return `${title} is on the shelf.`;
  }

  @Scopes('stock:delete')
  @Tool({ description: 'Throw a book away' })
  discard(@Arg('title') title: string): string {
    return `${title} is gone.`;
  }
}

@Server({ name: 'library', version: '1.0.0', components: [Stock, Editions] })
export class ScopedLibrary extends McpServer {
  @Tool({ description: 'Find books by their title' })
  search(@Arg('title') title: string): string {
    return `1 book with ${title}`;
  }

  @Scopes('loans:read')
  @Resource('library://loans')
  loans(): string {
    return '2 loans';
  }

  @Scopes('loans:read')
  @Prompt({ description: 'Remind a reader' })
  reminder(@Arg('reader') reader: string): string {
    return `Write to ${reader}.`;
  }
}
// #endregion server
