import { Arg, type Context, Ctx, McpServer, Server, Tool, ToolError } from '@reprise/core';

export interface Person {
  id: string;
  name: string;
  city: string;
}

@Server({ name: 'contacts', version: '1.0.0' })
export class Contacts extends McpServer {
  constructor(
    private readonly search: (name: string) => Promise<Person[]>,
    ...options: ConstructorParameters<typeof McpServer>
  ) {
    super(...options);
  }

  // #region pick
  @Tool({ description: 'The telephone number of somebody' })
  async telephone(@Arg('name') name: string, @Ctx() ctx: Context): Promise<string> {
    const found = await ctx.step('search', () => this.search(name));
    const [only, ...others] = found;
    if (only === undefined) throw new ToolError(`There is no ${name}. Try another spelling.`);
    if (others.length === 0) return `extension ${only.id}`;

    const titles = Object.fromEntries(found.map(({ id, name, city }) => [id, `${name}, ${city}`]));
    const picked = await ctx.elicit(`Which ${name}?`, titles, { required: true });
    return `extension ${picked.data}`;
  }
  // #endregion pick
}
