import { Arg, Context, Ctx, McpServer, Server, type Session, Tool } from '@reprise/core';

/** Stands for a driver of a database. */
export class Pool {
  isOpen = true;

  async find(word: string): Promise<string[]> {
    return ['The Lighthouse', 'A Year of Tides'].filter((title) => title.includes(word));
  }

  async close(): Promise<void> {
    this.isOpen = false;
  }
}

const openPool = async (): Promise<Pool> => new Pool();

// #region app
export interface App {
  readonly pool: Pool;
}

export class Search {
  @Tool({ description: 'Finds books' })
  async search(@Arg('word') word: string, @Ctx() ctx: Context<App>): Promise<string> {
    const titles = await ctx.app.pool.find(word);
    return titles.join(', ');
  }
}
// #endregion app

// #region hooks
@Server({ name: 'library', version: '1.0.0', components: [Search] })
export class Archive extends McpServer<App> {
  readonly visitors = new Set<string>();

  protected override async onStart(): Promise<App> {
    return { pool: await openPool() };
  }

  protected override async onStop({ pool }: App): Promise<void> {
    await pool.close();
  }

  protected override onSessionStart({ id, client }: Session): void {
    if (client.info?.name === 'crawler') throw new Error(`${id} is a crawler`); // logged
    this.visitors.add(id);
  }

  protected override onSessionEnd({ id }: Session): void {
    this.visitors.delete(id);
  }
}
// #endregion hooks
