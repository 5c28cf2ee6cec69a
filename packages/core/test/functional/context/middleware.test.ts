import { afterEach, describe, expect, test } from '@jest/globals';
import {
  Arg,
  CapabilityError,
  Complete,
  type Context,
  Context as CurrentContext,
  Ctx,
  McpServer,
  type McpServerOptions,
  type Middleware,
  only,
  type Outcome,
  Prompt,
  ProtocolError,
  Resource,
  Server,
  Tool,
  ToolError,
  Use,
} from '@reprise/core';
import { IsInt } from 'class-validator';
import { accept, bothEras, type Connected, type Options, start, textOf } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';

const servers: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  seen.length = 0;
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** What middleware wrote down, in order. */
const seen: string[] = [];

/** Writes down when the request goes in and how it comes out. */
function mark(name: string): Middleware {
  return async (ctx, next) => {
    const { method, name: of, uri, round, nested } = ctx.request;
    const what = [method, of ?? uri].filter((part) => part !== undefined).join(' ');
    seen.push(`${name} > ${what}${round > 1 ? ` round ${round}` : ''}${nested ? ' nested' : ''}`);
    const outcome = await next();
    seen.push(`${name} < ${outcome.kind}`);
    return outcome;
  };
}

async function serve(server: McpServer, kind: (typeof bothEras)[number], options: Options = {}) {
  const running = await start(server);
  servers.push(running);
  return running.connect(kind, options);
}

const quiet = (): McpServerOptions => ({ logger: new RecordedLog(), devCheck: false });

class Fare {
  @IsInt() price!: number;
}

describe.each(bothEras)('order and reach, %s', (kind) => {
  @Use(mark('component'))
  class Desk {
    @Use(mark('outer'), mark('inner'))
    @Use(mark('innermost'))
    @Tool()
    book(@Arg('seat') seat: string) {
      seen.push('handler');
      return `booked ${seat}`;
    }
  }

  @Use(mark('one'))
  @Tool()
  class OneTool {
    execute() {
      return 'one';
    }
  }

  @Use(mark('server class'))
  @Server({ name: 'order', version: '1.0.0', components: [Desk, OneTool] })
  class Order extends McpServer {
    @Tool() plain() {
      return 'plain';
    }
    @Resource('r://fixed') fixed() {
      return 'fixed';
    }
    @Prompt() greet(@Arg('name') name: string) {
      return `Hello ${name}`;
    }
    @Use(mark('completion'))
    @Complete({ prompt: 'greet', argument: 'name' })
    names(@Arg() typed: string) {
      return [`${typed}!`];
    }
    @Tool() async outer(@Ctx() ctx: Context) {
      const inner = await ctx.callTool('book', { seat: '1A' });
      const tools = await ctx.listTools();
      return `${textOf(inner as never)} of ${tools.length}`;
    }
  }

  const server = () => new Order(quiet()).use(mark('use 1'), mark('use 2'));

  test('server.use, @Use on the server class, on the component class, on the method: from the outside in', async () => {
    const client = await serve(server(), kind);
    expect(textOf(await client.call('book', { seat: '1A' }))).toBe('booked 1A');
    const layers = ['use 1', 'use 2', 'server class', 'component', 'outer', 'inner', 'innermost'];
    expect(seen).toEqual([
      ...layers.map((layer) => `${layer} > tools/call book`),
      'handler',
      ...layers.toReversed().map((layer) => `${layer} < result`),
    ]);
  });

  test('a class that is one tool', async () => {
    const client = await serve(server(), kind);
    await client.call('one');
    expect(seen).toContain('one > tools/call one');
    expect(seen).not.toContain('component > tools/call one');
  });

  test('around tools, resources, prompts, completions and every list', async () => {
    const { client } = await serve(server(), kind);
    await client.callTool({ name: 'plain', arguments: {} });
    await client.readResource({ uri: 'r://fixed' });
    await client.getPrompt({ name: 'greet', arguments: { name: 'Ada' } });
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: 'greet' },
      argument: { name: 'name', value: 'A' },
    });
    expect(completion.values).toEqual(['A!']);
    expect((await client.listTools()).tools).toHaveLength(4);
    expect((await client.listResources()).resources).toHaveLength(1);
    expect((await client.listResourceTemplates()).resourceTemplates).toHaveLength(0);
    expect((await client.listPrompts()).prompts).toHaveLength(1);
    expect(seen.filter((line) => line.startsWith('use 1 >'))).toEqual(
      [
        'tools/call plain',
        'resources/read r://fixed',
        'prompts/get greet',
        'completion/complete greet',
        'tools/list',
        'resources/list',
        'resources/templates/list',
        'prompts/list',
      ].map((what) => `use 1 > ${what}`),
    );
    expect(seen).toContain('completion > completion/complete greet');
    // its own handlers are no second component
    expect(seen.filter((line) => line === 'server class > tools/call plain')).toHaveLength(1);
  });

  test('nested calls and lists go through the same middleware, with a context of their own', async () => {
    const client = await serve(server(), kind);
    expect(textOf(await client.call('outer'))).toBe('booked 1A of 4');
    expect(seen.filter((line) => /^(use 1|component)/.test(line))).toEqual([
      'use 1 > tools/call outer',
      'use 1 > tools/call book nested',
      'component > tools/call book nested',
      'component < result',
      'use 1 < result',
      'use 1 > tools/list nested',
      'use 1 < result',
      'use 1 < result',
    ]);
  });

  test('what cannot be found is seen as a failure, and can be answered', async () => {
    const answering: Middleware = async (ctx, next) => {
      const outcome = await next();
      if (outcome.kind !== 'failure' || ctx.request.name !== 'gone') return outcome;
      return { content: [{ type: 'text', text: `instead of: ${outcome.failure.message}` }] };
    };
    const client = await serve(server().use(answering), kind);
    expect(textOf(await client.call('gone'))).toBe('instead of: Unknown tool: gone. Did you mean "one"?');
    await expect(client.call('gone too')).rejects.toMatchObject({ code: -32602 });
    await expect(client.client.listTools({ cursor: 'nonsense' })).rejects.toMatchObject({ code: -32602 });
    expect(seen).toContain('use 1 < failure');
  });
});

describe.each(bothEras)('what middleware can do, %s', (kind) => {
  @Server({ name: 'abilities', version: '1.0.0' })
  class Abilities extends McpServer {
    @Tool() state(@Ctx() ctx: Context) {
      return `${ctx.state.get<string>('who')} ${CurrentContext.current() === ctx}`;
    }
    @Tool({ output: Fare }) fare(): Fare {
      return Object.assign(new Fare(), { price: 40 });
    }
    @Tool() marks() {
      seen.push('handler');
    }
    @Tool() fails() {
      throw new Error('secret');
    }
    @Resource('r://fixed') fixed() {
      return 'fixed';
    }
    @Prompt() greet() {
      return 'Hello';
    }
  }
  const with_ = (...middleware: Middleware[]) => serve(new Abilities(quiet()).use(...middleware), kind);

  test('refuse: ToolError for the model, ProtocolError for the client', async () => {
    const tool = await with_(() => {
      throw new ToolError('Not today.');
    });
    expect(await tool.call('state')).toMatchObject({
      isError: true,
      content: [{ type: 'text', text: 'Not today.' }],
    });
    await expect(tool.client.getPrompt({ name: 'greet' })).rejects.toMatchObject({
      message: expect.stringContaining('Not today.'),
    });
    const protocol = await with_(() => {
      throw new ProtocolError(-32050, 'Closed', { until: 'Monday' });
    });
    for (const request of [
      () => protocol.call('state'),
      () => protocol.client.readResource({ uri: 'r://fixed' }),
      () => protocol.client.listTools(),
    ])
      await expect(request()).rejects.toMatchObject({ code: -32050, data: { until: 'Monday' } });
  });

  test('share state with the handler; Context.current() is its own', async () => {
    let own: unknown;
    const client = await with_((ctx, next) => {
      ctx.state.set('who', 'Ada');
      own = CurrentContext.current() === ctx;
      return next();
    });
    expect(textOf(await client.call('state'))).toBe('Ada true');
    expect(own).toBe(true);
  });

  test('rewrite the answer, as a bare result and as an outcome', async () => {
    const client = await with_(
      only('tools/list', async (_ctx, next) => {
        const outcome = await next();
        if (outcome.kind !== 'result') return outcome;
        return { ...outcome.result, tools: outcome.result.tools.filter(({ name }) => name !== 'fails') };
      }),
      only('resources/read', (ctx) => ({
        kind: 'result',
        result: { contents: [{ uri: ctx.request.uri ?? '', text: 'another' }] },
      })),
      only('tools/call', async (_ctx, next): Promise<Outcome<never>> => {
        await next();
        return { kind: 'failure', failure: { code: -32051, message: 'changed' } };
      }),
    );
    expect((await client.client.listTools()).tools.map(({ name }) => name)).toEqual([
      'state',
      'fare',
      'marks',
    ]);
    expect((await client.client.readResource({ uri: 'r://fixed' })).contents).toEqual([
      { uri: 'r://fixed', text: 'another' },
    ]);
    await expect(client.call('state')).rejects.toMatchObject({ code: -32051 });
  });

  test('a result that middleware made is checked against the output schema', async () => {
    const client = await with_(
      only('tools/call', () => ({ content: [], structuredContent: { price: 'a lot' } })),
    );
    expect(textOf(await client.call('fare'))).toMatch(/^Internal error \(ref \w+\)$/);
    const right = await with_(only('tools/call', () => ({ content: [], structuredContent: { price: 1 } })));
    expect((await right.call('fare')).structuredContent).toEqual({ price: 1 });
  });

  test('errors of handlers come as outcomes, already without their secrets', async () => {
    let outcome: Outcome | undefined;
    const client = await with_(async (_ctx, next) => (outcome = await next()));
    await client.call('fails');
    expect(outcome).toMatchObject({ kind: 'result', result: { isError: true } });
    expect(JSON.stringify(outcome)).not.toContain('secret');
  });

  test('what breaks the contract is an internal error that names the middleware', async () => {
    const log = new RecordedLog();
    const breaches: Middleware[] = [
      async function twice(_ctx, next) {
        await next();
        return next();
      },
      async function forgetful(_ctx, next) {
        await next();
        return undefined as never;
      },
      function suspends() {
        return { kind: 'suspended', questions: {}, requestState: 'x' };
      },
    ];
    for (const breach of breaches) {
      const client = await serve(new Abilities({ logger: log }).use(breach), kind);
      expect(textOf(await client.call('state'))).toMatch(/^Internal error/);
    }
    for (const line of [
      'middleware twice: It called next() twice.',
      'middleware forgetful: It answered tools/call with undefined.',
      'middleware suspends: It answered tools/call with a suspension that next() did not show.',
    ])
      expect(log.text('error')).toContain(line);
  });

  test('log into the log of the server', async () => {
    const log = new RecordedLog();
    const client = await serve(
      new Abilities({ logger: log }).use((_ctx, next, serverLog) => {
        serverLog.log('notice', 'audited');
        return next();
      }),
      kind,
    );
    await client.call('state');
    expect(log.text('notice')).toContain('audited');
    expect(client.logs).toEqual([]);
  });

  test('cancel while middleware waits: its signal aborts, the handler does not run, nothing is sent', async () => {
    const cancel = new AbortController();
    let reached: Promise<void> | undefined;
    const client = await with_(async (ctx, next) => {
      reached = new Promise((resolve) =>
        ctx.signal.addEventListener('abort', () => resolve(), { once: true }),
      );
      cancel.abort();
      await reached;
      await ctx.info('too late');
      return next();
    });
    await expect(client.call('marks', {}, { signal: cancel.signal })).rejects.toThrow();
    await reached;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(client.logs).toEqual([]);
    expect(seen).toEqual([]);
  });
});

describe.each(bothEras)('a handler that asks, %s', (kind) => {
  const steps: string[] = [];

  @Server({ name: 'asking', version: '1.0.0' })
  class Asking extends McpServer {
    @Tool() async book(@Ctx() ctx: Context) {
      const seat = await ctx.elicit('Which seat?', String, { required: true });
      await ctx.step('hold', () => void steps.push(seat.data));
      const sure = await ctx.confirm('Sure?');
      return `${seat.data} ${sure}`;
    }
    @Tool() async outer(@Ctx() ctx: Context) {
      return textOf((await ctx.callTool('book')) as never);
    }
    @Tool() async tolerant(@Ctx() ctx: Context) {
      return ctx.callTool('book').catch((thrown: unknown) => String(thrown instanceof CapabilityError));
    }
    @Tool() plain() {
      return 'plain';
    }
  }
  const user = ({ message }: { message: string }) =>
    message === 'Which seat?' ? accept({ value: '1A' }) : accept();
  const rounds = kind === 'v2-modern';

  async function booked(client: Connected, tool = 'book') {
    steps.length = 0;
    const answer = textOf(await client.call(tool));
    expect(client.asked).toEqual(['Which seat?', 'Sure?']);
    expect(steps).toEqual(['1A']);
    return answer;
  }

  test('is told the round, and sees suspensions', async () => {
    const client = await serve(new Asking(quiet()).use(mark('m')), kind, { user });
    expect(await booked(client)).toBe('1A true');
    expect(seen).toEqual(
      rounds
        ? [
            'm > tools/call book',
            'm < suspended',
            'm > tools/call book round 2',
            'm < suspended',
            'm > tools/call book round 3',
            'm < result',
          ]
        : ['m > tools/call book', 'm < result'],
    );
  });

  test('a suspension stays one, whatever middleware returns or throws', async () => {
    const log = new RecordedLog();
    const broad: Middleware = async (_ctx, next) => {
      try {
        const outcome = await next();
        if (outcome.kind !== 'result') throw new Error('no result');
        return outcome;
      } catch {
        throw new ToolError('it failed');
      }
    };
    const replacing: Middleware = async (_ctx, next) => {
      const outcome = await next();
      return outcome.kind === 'suspended' ? { content: [{ type: 'text', text: 'replaced' }] } : outcome;
    };
    const client = await serve(new Asking({ logger: log, devCheck: false }).use(replacing, broad), kind, {
      user,
    });
    expect(await booked(client)).toBe('1A true');
    const warnings = log.lines.filter(({ message }) => message.startsWith('Ignored: the call waits'));
    expect(warnings).toHaveLength(rounds ? 2 : 0);
    for (const warning of warnings) {
      expect(warning).toMatchObject({ level: 'warning', fields: { ref: expect.any(String) } });
      expect(String(warning.fields['error'])).toContain('it failed');
    }
  });

  test('nested: the inner suspension is one of the outer call, each question comes once', async () => {
    const swallowing: Middleware = async (_ctx, next) => {
      const outcome = await next();
      return outcome.kind === 'result' ? outcome : { content: [{ type: 'text', text: 'swallowed' }] };
    };
    const client = await serve(new Asking(quiet()).use(mark('m'), swallowing), kind, { user });
    expect(await booked(client, 'outer')).toBe('1A true');
    expect(seen.filter((line) => line.includes('nested'))).toEqual(
      rounds
        ? [
            'm > tools/call book nested',
            'm > tools/call book round 2 nested',
            'm > tools/call book round 3 nested',
          ]
        : ['m > tools/call book nested'],
    );
  });

  test('a client that cannot be asked: the handler of a nested call still gets CapabilityError', async () => {
    const client = await serve(new Asking(quiet()).use(mark('m')), kind, { capabilities: {} });
    expect(textOf(await client.call('tolerant'))).toBe('true');
    const call = client.call('outer');
    if (rounds) await expect(call).rejects.toMatchObject({ code: -32021 });
    else expect(textOf(await call)).toContain('does not support elicitation.form');
  });

  test('middleware itself cannot ask or remember steps, and is told where to', async () => {
    const refused: unknown[] = [];
    const client = await serve(
      new Asking(quiet()).use(async (ctx, next) => {
        for (const attempt of [
          () => ctx.confirm('May I?'),
          () => ctx.step('s', () => 1),
          () => ctx.listRoots(),
        ])
          await attempt().catch((thrown: unknown) => refused.push(thrown));
        return next();
      }),
      kind,
    );
    expect(textOf(await client.call('plain'))).toBe('plain');
    expect(client.asked).toEqual([]);
    expect(refused).toHaveLength(3);
    for (const thrown of refused)
      expect(thrown).toMatchObject({
        code: 'CANNOT_ASK',
        fix: expect.stringContaining('into the handler'),
      });
  });
});

describe('inheritance of @Use', () => {
  class Base {
    @Use(mark('base')) @Tool() kept() {
      return 'kept';
    }
    @Use(mark('base')) @Tool() added(@Arg('n') n: number) {
      return `${n}`;
    }
    @Use(mark('base')) @Tool() redeclared() {
      return 'base';
    }
  }
  @Use(mark('base class'))
  class Middle extends Base {}

  @Use(mark('sub class'))
  class Sub extends Middle {
    override kept() {
      return 'kept by sub';
    }
    @Use(mark('sub')) override added(n: number) {
      return `${n + 1}`;
    }
    @Tool() override redeclared() {
      return 'sub';
    }
  }
  @Server({ name: 'inherits', version: '1.0.0', components: [Sub] })
  class Inherits extends McpServer {}

  test('classes add up; a method that is declared anew begins without, any other keeps and adds', async () => {
    const client = await serve(new Inherits(quiet()), 'v2-modern');
    const layersOf = async (name: string, args = {}) => {
      seen.length = 0;
      const answer = textOf(await client.call(name, args));
      const layers = seen.filter((line) => line.includes('>')).map((line) => line.split(' >')[0]);
      return [answer, ...layers];
    };
    expect(await layersOf('kept')).toEqual(['kept by sub', 'base class', 'sub class', 'base']);
    expect(await layersOf('added', { n: 1 })).toEqual(['2', 'base class', 'sub class', 'base', 'sub']);
    expect(await layersOf('redeclared')).toEqual(['sub', 'base class', 'sub class']);
  });
});

describe('mistakes', () => {
  test('no middleware, and no handler, are found at start-up', async () => {
    @Use(undefined as never)
    class Circular {
      @Tool() tool() {}
    }
    class Stray {
      @Tool() tool2() {}
      @Use(mark('m')) lonely() {}
      // @ts-expect-error: a handler is a method of an instance
      @Use(mark('m')) static wrong() {}
    }
    @Server({ name: 'mistakes', version: '1.0.0', components: [Circular, Stray] })
    class Mistakes extends McpServer {}
    const started = start(new Mistakes(quiet()));
    await expect(started).rejects.toThrow(/Circular: @Use got something that is no middleware\./);
    await expect(started).rejects.toThrow(/Stray\.lonely: /);
    await expect(started).rejects.toThrow(/Stray\.wrong: @Use stands on a static method\./);
  });

  test('use() after start() is refused', async () => {
    @Server({ name: 'late', version: '1.0.0' })
    class Late extends McpServer {
      @Tool() tool() {}
    }
    const server = new Late(quiet());
    servers.push(await start(server));
    expect(() => server.use(mark('m'))).toThrow(/Late: use\(\) came after start\(\)\. Call it before\./);
  });
});
