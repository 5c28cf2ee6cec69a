import { Args, Context, Ctx, Description, McpServer, Server, Tool } from '@reprise/core';
import { stdio } from '@reprise/transport-stdio';
import { IsInt, IsString, Max, Min } from 'class-validator';

class TableRequest {
  @Description('First name of the guest') @IsString() name!: string;
  @IsInt() @Min(1) @Max(8) guests!: number;
}

@Server({ name: 'bistro', version: '1.0.0' })
class Bistro extends McpServer {
  @Tool({ description: 'Reserve a table for tonight' })
  async reserve(@Args() { name, guests }: TableRequest, @Ctx() ctx: Context): Promise<string> {
    const time = await ctx.elicit('At what time?', ['19:00', '20:30']);
    if (time.action !== 'accept') return 'Nothing reserved.';

    const table = await ctx.step('reserve', () => 1 + Math.floor(Math.random() * 20));
    const wine = await ctx.confirm(`Table ${table} is yours. A glass on arrival?`);
    return `Table ${table} for ${guests}, ${time.data}, in the name of ${name}${wine ? ', with a glass' : ''}.`;
  }
}

await new Bistro().start(stdio());
