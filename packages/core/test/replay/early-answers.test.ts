import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Context, Ctx, McpServer, Server, Tool } from '@reprise/core';
import { IsString } from 'class-validator';
import { type Connected, start } from '../support/clients.js';

class Name {
  @IsString() name!: string;
}

@Server({ name: 'early', version: '1.0.0' })
class Early extends McpServer {
  @Tool()
  async greet(@Ctx() ctx: Context): Promise<string> {
    const { data } = await ctx.elicit('Who?', Name, { key: 'who', required: true, inAdvance: true });
    return `Hello ${data.name}`;
  }

  @Tool()
  async introduce(@Ctx() ctx: Context): Promise<string> {
    const options = { key: 'who', required: true, inAdvance: true } as const;
    const one = await ctx.elicit('Who?', Name, options);
    const other = await ctx.elicit('Who?', Name, options);
    return `${one.data.name}, this is ${other.data.name}`;
  }

  @Tool()
  async nested(@Ctx() ctx: Context): Promise<string> {
    const { content } = await ctx.callTool('greet');
    return JSON.stringify(content);
  }
}

type Wire = { resultType?: string; requestState: string; inputRequests: object; content: { text: string }[] };

let server: Awaited<ReturnType<typeof start>>;
let connected: Connected;
beforeEach(async () => {
  server = await start(new Early({ logLevel: 'error', state: { keys: ['k'.repeat(32)] } }));
  connected = await server.connect('v2-modern');
});
afterEach(() => server.stop());

async function leg(name: string, inputResponses: object, requestState?: string): Promise<Wire> {
  const params = { name, arguments: {}, inputResponses, ...(requestState && { requestState }) };
  const request = { method: 'tools/call', params };
  return (await connected.client.request(request as never, { allowInputRequired: true } as never)) as never;
}

const accept = (name: unknown) => ({ action: 'accept', content: { name } });

describe('an answer that comes before the question', () => {
  test('counts where the handler lets it; other keys are ignored', async () => {
    const { content } = await leg('greet', { who: accept('Ann'), when: accept('now') });
    expect(content).toEqual([{ type: 'text', text: 'Hello Ann' }]);
  });

  test.each([
    ['of another shape', 12],
    ['that breaks the form', accept(12)],
  ])('is as good as none when it is one %s', async (_what, who) => {
    const plain = await leg('greet', {});
    expect((await leg('greet', { who })).inputRequests).toEqual(plain.inputRequests);
  });

  test('answers one question, and is remembered in the rounds of the others', async () => {
    const first = await leg('introduce', { who: accept('Ann') });
    expect(first.inputRequests).toEqual({ who: expect.objectContaining({ method: 'elicitation/create' }) });
    // a later round has answers to what it asked, and to nothing in advance
    const last = await leg('introduce', { who: accept('Bob') }, first.requestState);
    expect(last.content).toEqual([{ type: 'text', text: 'Ann, this is Bob' }]);
  });

  test('does not reach into nested calls', async () => {
    expect((await leg('nested', { who: accept('Ann') })).resultType).toBe('input_required');
  });
});
