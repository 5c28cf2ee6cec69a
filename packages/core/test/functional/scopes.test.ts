import { afterEach, describe, expect, test } from '@jest/globals';
import {
  Arg,
  cached,
  Complete,
  Context,
  Ctx,
  InsufficientScopeError,
  McpServer,
  type McpServerOptions,
  Param,
  Prompt,
  Resource,
  sampleTool,
  Scopes,
  Server,
  Tool,
} from '@reprise/core';
import {
  accept,
  bothEras,
  type ClientKind,
  clientKinds,
  type Connected,
  type Options,
  start,
  textOf,
} from '../support/clients.js';
import { RecordedLog } from '@reprise/testing';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const token = (scopes: readonly string[], sub = 'ada') => ({
  token: 'secret-token',
  clientId: 'app',
  scopes: [...scopes],
  extra: { sub, iss: 'https://id.example' },
});
const holding = (...scopes: string[]): Options => ({ auth: token(scopes) });

/** What ran, in order. */
let ran: string[] = [];

@Tool({ name: 'report' })
@Scopes('reports')
class ReportTool {
  execute() {
    ran.push('report');
    return 'report';
  }
}

@Scopes('admin')
class Administration {
  @Tool() @Scopes('trips:write') purge() {
    ran.push('purge');
    return 'purged';
  }
  @Tool() audit() {
    return 'audited';
  }
  @Complete({ prompt: 'plan', argument: 'city' }) cities() {
    return ['Rome'];
  }
}

@Server({ name: 'desk', version: '1', components: [ReportTool, Administration], pageSize: 3 })
class Desk extends McpServer {
  caught: unknown;

  @Tool() search() {
    return 'found';
  }

  @Tool() @Scopes('trips:read', 'trips:write') async book(@Ctx() ctx: Context) {
    ran.push('book');
    const sure = await ctx.confirm('Book?');
    return `booked ${sure} by ${ctx.principal?.subject}`;
  }

  @Tool() async lend(@Ctx() ctx: Context, @Arg('to') to: string) {
    if (to === 'rates') return ctx.readResource('config://rates');
    if (to === 'plan') return ctx.getPrompt('plan');
    return ctx.callTool(to);
  }

  @Tool() async tryIt(@Ctx() ctx: Context) {
    this.caught = await ctx.callTool('report').catch((error: unknown) => error);
    return 'tried';
  }

  @Tool() async nestedLists(@Ctx() ctx: Context) {
    const tools = (await ctx.listTools()).map(({ name }) => name);
    const prompts = (await ctx.listPrompts()).map(({ name }) => name);
    const resources = (await ctx.listResources()).map(({ name }) => name);
    const templates = (await ctx.listResourceTemplates()).map(({ name }) => name);
    return { all: [...tools, ...prompts, ...resources, ...templates] };
  }

  @Tool() async think(@Ctx() ctx: Context, @Arg('extra', { required: false }) extra?: boolean) {
    const own = sampleTool({ name: 'own', run: () => 'own' });
    return (await ctx.sample('Think.', { tools: ['report', ...(extra ? ['search', own] : [])] })).text;
  }

  @Resource('config://rates', { cache: { ttlMs: 1000, cacheScope: 'public' } })
  @Scopes('trips:read')
  rates() {
    return 'rates';
  }

  @Resource('trip://{id}', { cache: { ttlMs: 1000, cacheScope: 'public' } })
  @Scopes('trips:read')
  trip(@Param('id') id: string) {
    return `trip ${id}`;
  }

  @Resource('trip://{id}/notes') notes(@Param('id') id: string) {
    return `notes ${id}`;
  }

  @Prompt() @Scopes('trips:read') plan(@Arg('city', { required: false }) city?: string) {
    return `plan ${city}`;
  }
}

const open = ['search', 'lend', 'tryIt', 'nestedLists', 'think'];
const everything = [...open.slice(0, 1), 'book', ...open.slice(1), 'report', 'purge', 'audit'];

async function running(
  options: McpServerOptions = {},
  server = new Desk({ logger: new RecordedLog(), ...options }),
) {
  ran = [];
  const started = await start(server);
  ends.push(started.stop);
  return { server, ...started };
}

/** Through all pages. */
async function toolsOf({ client }: Pick<Connected, 'client'>): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listTools(cursor === undefined ? undefined : { cursor });
    names.push(...page.tools.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return names;
}

const lacking = (required: string[], missing: string[], target: string) => ({
  code: -32006,
  message: expect.stringContaining(
    `${target} needs the scopes ${required.join(' ')}; missing: ${missing.join(' ')}`,
  ),
  data: { reason: 'insufficient_scope', requiredScopes: required, missingScopes: missing },
});

describe.each(clientKinds)('%s', (kind: ClientKind) => {
  test('lists show what the scopes of the caller permit: all that a component needs', async () => {
    const { connect } = await running();
    const listed = async (...scopes: string[]) => toolsOf(await connect(kind, holding(...scopes)));

    expect(await listed()).toEqual(open);
    expect(await listed('trips:write', 'nobody:needs-it')).toEqual(open);
    expect(await listed('admin')).toEqual([...open, 'audit']);
    expect(await listed('trips:write', 'trips:read')).toEqual([open[0], 'book', ...open.slice(1)]);
    expect(await listed('admin', 'trips:write', 'reports', 'trips:read')).toEqual(everything);
  });

  test('resources, templates and prompts as well', async () => {
    const { connect } = await running();
    const namesFor = async (...scopes: string[]) => {
      const { client } = await connect(kind, holding(...scopes));
      return [
        ...(await client.listResources()).resources.map(({ name }) => name),
        ...(await client.listResourceTemplates()).resourceTemplates.map(({ name }) => name),
        ...(await client.listPrompts()).prompts.map(({ name }) => name),
      ];
    };
    expect(await namesFor('admin')).toEqual(['notes']);
    expect(await namesFor('trips:read')).toEqual(['rates', 'trip', 'notes', 'plan']);
  });

  test('what is not permitted is refused with the scopes, and does not run', async () => {
    const { connect } = await running();
    const { call, client } = await connect(kind, holding('trips:read', 'admin'));

    const [both, admin] = [
      ['trips:read', 'trips:write'],
      ['admin', 'trips:write'],
    ];
    await expect(call('book')).rejects.toMatchObject(lacking(both!, ['trips:write'], 'The tool book'));
    await expect(call('purge')).rejects.toMatchObject(lacking(admin!, ['trips:write'], 'The tool purge'));
    await expect(call('report')).rejects.toMatchObject(lacking(['reports'], ['reports'], 'The tool report'));
    expect(textOf(await call('audit'))).toBe('audited');
    expect(textOf(await call('search'))).toBe('found');
    expect(ran).toEqual([]);

    const other = (await connect(kind, holding())).client;
    const read = ['trips:read'];
    await expect(other.readResource({ uri: 'config://rates' })).rejects.toMatchObject(
      lacking(read, read, 'The resource config://rates'),
    );
    await expect(other.readResource({ uri: 'trip://7' })).rejects.toMatchObject(
      lacking(read, read, 'The resource trip://7'),
    );
    await expect(other.getPrompt({ name: 'plan' })).rejects.toMatchObject(
      lacking(read, read, 'The prompt plan'),
    );
    expect((await other.readResource({ uri: 'trip://7/notes' })).contents).toMatchObject([
      { text: 'notes 7' },
    ]);
    expect((await client.readResource({ uri: 'config://rates' })).contents).toMatchObject([
      { text: 'rates' },
    ]);
    expect((await client.readResource({ uri: 'trip://7' })).contents).toMatchObject([{ text: 'trip 7' }]);
    expect((await client.getPrompt({ name: 'plan' })).messages).toHaveLength(1);
  });

  test('completions need what their prompt or template needs, and what they add', async () => {
    const { connect } = await running();
    const complete = async (ref: object, name: string, ...scopes: string[]) => {
      const { client } = await connect(kind, holding(...scopes));
      const params = { ref, argument: { name, value: '' } };
      return (await client.complete(params as never)).completion.values;
    };
    const plan = { type: 'ref/prompt', name: 'plan' };
    const needed = ['trips:read', 'admin'];
    await expect(complete(plan, 'city')).rejects.toMatchObject(lacking(needed, needed, 'The completion'));
    await expect(complete(plan, 'city', 'admin')).rejects.toMatchObject(
      lacking(needed, ['trips:read'], 'The completion'),
    );
    expect(await complete(plan, 'city', ...needed)).toEqual(['Rome']);
    const trip = { type: 'ref/resource', uri: 'trip://{id}' };
    await expect(complete(trip, 'id')).rejects.toMatchObject({ code: -32006 });
    expect(await complete(trip, 'id', 'trips:read')).toEqual([]);
  });

  test('without authentication the process and all of it belong to its user', async () => {
    const { connect } = await running();
    const local = await connect(kind);
    expect(await toolsOf(local)).toEqual(everything);
    expect(textOf(await local.call('purge'))).toBe('purged');
  });

  test('a cursor is good for the view that it was handed out for', async () => {
    const { connect } = await running();
    const cursorOf = async (options: Options) => {
      const { client, wire } = await connect(kind, options);
      await client.listTools();
      const [page] = wire.flatMap(({ message }) =>
        'result' in message && 'nextCursor' in message.result ? [message.result] : [],
      );
      return { client, cursor: String(page?.['nextCursor']) };
    };
    const few = await cursorOf(holding());
    const fewToo = await cursorOf(holding('irrelevant'));
    const all = await cursorOf({});
    const more = await cursorOf(holding('admin'));
    expect(fewToo.cursor).toBe(few.cursor);
    expect(new Set([few, all, more].map(({ cursor }) => cursor)).size).toBe(3);
    expect((await fewToo.client.listTools({ cursor: few.cursor })).tools.map(({ name }) => name)).toEqual(
      open.slice(3),
    );
    for (const { cursor } of [all, more])
      await expect(few.client.listTools({ cursor })).rejects.toMatchObject({ code: -32602 });
  });

  test('suggestions for unknown names tell of nothing hidden', async () => {
    const { connect } = await running();
    const { call, client } = await connect(kind, holding());
    await expect(call('repord')).rejects.toThrow(/Unknown tool: repord\.?$/);
    await expect(client.getPrompt({ name: 'plans' })).rejects.toThrow(/Unknown prompt: plans\.?$/);
    await expect(client.readResource({ uri: 'config://rate' })).rejects.toThrow(
      /not found: config:\/\/rate$/,
    );
    const { call: asReporter } = await connect(kind, holding('reports'));
    await expect(asReporter('repord')).rejects.toThrow(/Did you mean "report"\?/);
  });

  test('a handler lends its rights to nobody: what it calls, lists and offers is what its caller may', async () => {
    const { connect, server } = await running();
    const { call } = await connect(kind, holding('admin'));
    await expect(call('lend', { to: 'report' })).rejects.toMatchObject(
      lacking(['reports'], ['reports'], 'The tool report'),
    );
    await expect(call('lend', { to: 'rates' })).rejects.toMatchObject({ code: -32006 });
    await expect(call('lend', { to: 'plan' })).rejects.toMatchObject({ code: -32006 });
    expect(textOf(await call('lend', { to: 'audit' }))).toBe('audited');
    expect(textOf(await call('tryIt'))).toBe('tried');
    expect(server.caught).toBeInstanceOf(InsufficientScopeError);
    expect(server.caught).toMatchObject({ code: 'INSUFFICIENT_SCOPE', missingScopes: ['reports'] });
    expect((await call('nestedLists')).structuredContent).toEqual({ all: [...open, 'audit', 'notes'] });
    const { call: withMore } = await connect(kind, holding('trips:read', 'reports'));
    expect((await withMore('nestedLists')).structuredContent).toEqual({
      all: [...open, 'report', 'plan', 'rates', 'trip', 'notes'],
    });
    expect(ran).toEqual([]);
    expect(textOf(await withMore('lend', { to: 'report' }))).toBe('report');
  });

  test('a model that is asked is offered the tools that the caller may call', async () => {
    const { connect } = await running();
    const offered = async (args: object, ...scopes: string[]) => {
      const seen: unknown[] = [];
      const model = (params: unknown) => {
        seen.push((params as { tools?: { name: string }[] }).tools?.map(({ name }) => name));
        return { role: 'assistant', model: 'm', content: { type: 'text', text: 'ok' } };
      };
      const capabilities = { sampling: { tools: {} } };
      const { call } = await connect(kind, { ...holding(...scopes), model, capabilities });
      expect(textOf(await call('think', { ...args }))).toBe('ok');
      return seen;
    };
    expect(await offered({})).toEqual([undefined]);
    expect(await offered({}, 'reports')).toEqual([['report']]);
    expect(await offered({ extra: true })).toEqual([['search', 'own']]);
    expect(await offered({ extra: true }, 'reports')).toEqual([['report', 'search', 'own']]);
  });

  test('no middleware answers in the place of the refusal, and it sees lists as the caller does', async () => {
    const seen: string[] = [];
    const server = new Desk({ logger: new RecordedLog() }).use(
      cached({ ttlMs: 60_000 }),
      async (ctx, next) => {
        const outcome = await next();
        if (ctx.request.method !== 'tools/list') seen.push(String(ctx.request.name));
        else if (outcome.kind === 'result')
          seen.push((outcome.result['tools'] as { name: string }[]).map(({ name }) => name).join());
        return outcome;
      },
    );
    const { connect } = await running({}, server);
    const full = await connect(kind, holding('reports'));
    expect(textOf(await full.call('report'))).toBe('report');
    const less = await connect(kind, holding());
    await expect(less.call('report')).rejects.toMatchObject({ code: -32006 });
    expect(await toolsOf(less)).toEqual(open);
    expect(seen).toEqual(['report', open.slice(0, 3).join(), open.slice(3).join()]);
  });
});

describe('rounds (2026-07-28)', () => {
  interface Wire {
    requestState: string;
    inputRequests: Record<string, unknown>;
    content: { text: string }[];
  }

  const leg = async ({ client }: Connected, more: object = {}): Promise<Wire> =>
    (await client.request(
      { method: 'tools/call', params: { name: 'book', arguments: {}, ...more } } as never,
      { allowInputRequired: true } as never,
    )) as never;

  const answers = ({ requestState, inputRequests }: Wire) => ({
    requestState,
    inputResponses: Object.fromEntries(Object.keys(inputRequests).map((name) => [name, accept()])),
  });

  test('the scopes are checked in each of them', async () => {
    const { connect } = await running({ state: { keys: ['k'.repeat(32)] } });
    const full = await connect('v2-modern', holding('trips:read', 'trips:write'));
    const asked = await leg(full);
    const less = await connect('v2-modern', holding('trips:read'));
    await expect(leg(less, answers(asked))).rejects.toMatchObject(
      lacking(['trips:read', 'trips:write'], ['trips:write'], 'The tool book'),
    );
    expect(ran).toEqual(['book']);
    expect((await leg(full, answers(asked))).content).toMatchObject([{ text: 'booked true by ada' }]);
  });

  test('the state of one principal opens for no other, whatever scopes that one has', async () => {
    const { connect } = await running({ state: { keys: ['k'.repeat(32)] } });
    const scopes = ['trips:read', 'trips:write'];
    const ada = await connect('v2-modern', { auth: token(scopes) });
    const asked = await leg(ada);
    const others = [token(scopes, 'ben'), { ...token(scopes), clientId: 'other-app' }, undefined];
    for (const auth of others) {
      const other = await connect('v2-modern', auth === undefined ? {} : { auth });
      await expect(leg(other, answers(asked))).rejects.toMatchObject({
        code: -32602,
        data: { reason: 'invalid_request_state' },
      });
    }
    expect(ran).toEqual(['book']);
  });
});

describe('subscriptions and caches', () => {
  test.each(['v1', 'v2-legacy'] as const)(
    '%s: who may not read a resource is not told of its changes',
    async (kind) => {
      const { connect, server } = await running();
      const { client, wire } = await connect(kind, holding());
      await expect(client.subscribeResource({ uri: 'config://rates' })).rejects.toMatchObject({
        code: -32006,
        data: { requiredScopes: ['trips:read'] },
      });
      await client.subscribeResource({ uri: 'trip://7/notes' });
      const reader = await connect(kind, holding('trips:read'));
      await reader.client.subscribeResource({ uri: 'config://rates' });
      server.notifyResourceUpdated('config://rates');
      await reader.client.ping();
      await client.ping();
      const updates = (messages: Connected['wire']) =>
        messages.filter(
          ({ message }) => 'method' in message && message.method === 'notifications/resources/updated',
        );
      expect(updates(reader.wire)).toHaveLength(1);
      expect(updates(wire)).toHaveLength(0);
    },
  );

  test('what differs from caller to caller is never marked for a cache that they share', async () => {
    const cache = { ttlMs: 1000, cacheScope: 'public' as const };
    const { connect } = await running({ cache });
    const { client, wire } = await connect('v2-modern', holding('trips:read'));
    await client.listTools();
    await client.listPrompts();
    await client.readResource({ uri: 'config://rates' });
    await client.readResource({ uri: 'trip://7' });
    const hints = wire.flatMap(({ message }) => ('result' in message ? [message.result['cacheScope']] : []));
    expect(hints).toEqual(Array(5).fill('private'));
  });
});

test.each(bothEras)('%s: nothing of the token is logged', async (kind) => {
  const log = new RecordedLog();
  const { connect } = await running({ logger: log });
  const { call } = await connect(kind, holding());
  await expect(call('report')).rejects.toThrow();
  expect(JSON.stringify(log.lines)).not.toMatch(/secret-token|ada/);
});
