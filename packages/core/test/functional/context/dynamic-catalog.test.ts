import { afterEach, describe, expect, test } from '@jest/globals';
import {
  Arg,
  Args,
  Complete,
  type ComponentClass,
  Context,
  Ctx,
  McpServer,
  type McpServerOptions,
  Param,
  Prompt,
  Resource,
  Server,
  StartUpError,
  Tool,
} from '@reprise/core';
import { IsString } from 'class-validator';
import { accept, bothEras, type ClientKind, start, textOf } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

class Tone {
  @IsString() tone!: string;
}

class Weather {
  static made = 0;
  readonly number = ++Weather.made;

  @Tool({ tags: ['outdoor'] }) forecast() {
    return `forecast of ${this.number}`;
  }
}

@Tool({ tags: ['outdoor', 'sea'] })
class TidesTool {
  execute() {
    return 'ebb';
  }
}

@Tool({ name: 'forecast' })
class NewForecast {
  execute() {
    return 'new forecast';
  }
}

class Letters {
  @Prompt() love(@Args() { tone }: Tone) {
    return tone;
  }
}

@Server({ name: 'desk', version: '1', components: [Weather] })
class Desk extends McpServer {
  release: () => void = () => {};
  readonly held = new Promise<void>((resolve) => (this.release = resolve));

  constructor(options: McpServerOptions = {}) {
    super({ logger: new RecordedLog(), ...options });
  }

  @Tool({ tags: ['slow'] }) async hold(@Ctx() ctx: Context) {
    await this.held;
    return `held, ${textOf(await ctx.callTool('forecast'))}`;
  }

  @Tool() async ask(@Ctx() ctx: Context) {
    return String(await ctx.confirm('Go on?'));
  }

  @Tool() async hide(@Arg('name') name: string, @Ctx() ctx: Context) {
    ctx.server.disable(name);
    return 'hidden';
  }

  @Prompt({ tags: ['outdoor'] }) poem(@Args() { tone }: Tone) {
    return tone;
  }
  @Complete({ prompt: 'poem', argument: 'tone' }) tones() {
    return ['dry', 'warm'];
  }

  @Resource('desk://drawer') drawer() {
    return 'pens';
  }
  @Resource('desk://shelf/{id}', { tags: ['outdoor'] }) shelf(@Param('id') id: string) {
    return id;
  }
}

async function open(kind: ClientKind, desk = new Desk()) {
  const server = await start(desk);
  ends.push(() => server.stop());
  return { desk, server, ...(await listening(server, kind)) };
}

/** A client that hears of every change of a list. */
async function listening(server: Awaited<ReturnType<typeof start>>, kind: ClientKind) {
  const connected = await server.connect(kind, { user: () => accept() });
  const { client } = connected;
  const heard: string[] = [];
  if (kind === 'v1') {
    // a v1 client is typed as a v2 one, see Connected: this member exists in both
    client.fallbackNotificationHandler = async ({ method }) => {
      const [, list] = /^notifications\/(\w+)\/list_changed$/.exec(method) ?? [];
      if (list) heard.push(list);
    };
  } else {
    client.setNotificationHandler('notifications/tools/list_changed', () => void heard.push('tools'));
    client.setNotificationHandler('notifications/prompts/list_changed', () => void heard.push('prompts'));
    client.setNotificationHandler('notifications/resources/list_changed', () => void heard.push('resources'));
  }
  if (kind === 'v2-modern')
    await client.listen({ toolsListChanged: true, promptsListChanged: true, resourcesListChanged: true });
  const names = async () => (await client.listTools()).tools.map(({ name }) => name);
  return { ...connected, heard, names };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 50));
const kinds: readonly ClientKind[] = ['v1', ...bothEras];
const all = ['hold', 'ask', 'hide', 'forecast'];

describe.each(kinds)('disable and enable, %s', (kind) => {
  test('by name: gone from the list, refused, told; and back', async () => {
    const { desk, heard, names, call, server } = await open(kind);
    const other = await listening(server, 'v2-modern');
    expect(await names()).toEqual(all);
    desk.disable('forecast');
    await settle();
    expect([heard, other.heard]).toEqual([['tools'], ['tools']]);
    expect(await names()).toEqual(['hold', 'ask', 'hide']);
    await expect(call('forecast')).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining('Unknown tool: forecast'),
    });
    desk.enable(['forecast']);
    await settle();
    expect(heard).toEqual(['tools', 'tools']);
    expect(await names()).toEqual(all);
    expect(textOf(await call('forecast'))).toMatch(/^forecast/);
  });

  test('by tag: each kind that changed is told once', async () => {
    const { desk, heard, client } = await open(kind);
    const completed = async () => {
      const ref = { type: 'ref/prompt', name: 'poem' } as const;
      const answer = client.complete({ ref, argument: { name: 'tone', value: '' } });
      return answer.then(
        ({ completion }) => completion.values.join(),
        () => 'refused',
      );
    };
    expect(await completed()).toBe('dry,warm');
    desk.disable({ tags: ['outdoor'] });
    await settle();
    expect(heard.toSorted()).toEqual(['prompts', 'resources', 'tools']);
    expect((await client.listPrompts()).prompts).toEqual([]);
    expect((await client.listResourceTemplates()).resourceTemplates).toEqual([]);
    expect((await client.listResources()).resources).toHaveLength(1);
    await expect(client.readResource({ uri: 'desk://shelf/1' })).rejects.toMatchObject({ code: -32602 });
    await expect(client.getPrompt({ name: 'poem', arguments: { tone: 'dry' } })).rejects.toMatchObject({
      code: -32602,
    });
    expect(await completed()).toBe('refused');
  });

  test('by a URI or a URI template', async () => {
    const { desk, heard, client } = await open(kind);
    desk.disable(['desk://drawer', 'desk://shelf/{id}']);
    await settle();
    expect(heard).toEqual(['resources']);
    expect((await client.listResources()).resources).toEqual([]);
    await expect(client.readResource({ uri: 'desk://drawer' })).rejects.toMatchObject({ code: -32602 });
  });

  test('what changes nothing is not told', async () => {
    const { desk, heard } = await open(kind);
    desk.enable('forecast');
    desk.disable('forecast');
    desk.disable('forecast');
    await settle();
    expect(heard).toEqual(['tools']);
  });

  test('from a handler', async () => {
    const { heard, names, call } = await open(kind);
    expect(textOf(await call('hide', { name: 'hide' }))).toBe('hidden');
    await settle();
    expect(heard).toEqual(['tools']);
    expect(await names()).not.toContain('hide');
  });

  test('a call in flight ends on the catalog it began with, nested calls too', async () => {
    const { desk, call, names } = await open(kind);
    const running = call('hold');
    await settle();
    desk.disable(['hold', 'forecast']);
    expect(await names()).toEqual(['ask', 'hide']);
    desk.release();
    expect(textOf(await running)).toMatch(/^held, forecast of \d+$/);
  });
});

test('a call that waits for its client is refused when its tool is disabled meanwhile, modern', async () => {
  const { desk, server } = await open('v2-modern');
  const { call } = await server.connect('v2-modern', {
    user: () => {
      desk.disable('ask');
      return accept();
    },
  });
  await expect(call('ask')).rejects.toMatchObject({
    code: -32602,
    message: expect.stringContaining('Unknown tool: ask'),
  });
});

test('a call that waits for its client ends, legacy', async () => {
  const { desk, server } = await open('v2-legacy');
  const { call } = await server.connect('v2-legacy', {
    user: () => {
      desk.disable('ask');
      return accept();
    },
  });
  expect(textOf(await call('ask'))).toBe('true');
});

describe('refusals', () => {
  test('a name or tag that belongs to nothing, with near matches; nothing changes', async () => {
    const { desk, names } = await open('v2-modern');
    expect(() => desk.disable(['hold', 'forcast'])).toThrow(
      'Desk.disable: no component has the name "forcast". Did you mean "forecast"?',
    );
    expect(() => desk.enable({ tags: ['outdor'] })).toThrow(
      'Desk.enable, tags: no component has the tag "outdor". Did you mean "outdoor"?',
    );
    expect(() => desk.disable('forcast')).toThrow(expect.objectContaining({ code: 'UNKNOWN_COMPONENT' }));
    expect(await names()).toEqual(all);
  });

  test('before start and after stop', async () => {
    const desk = new Desk();
    const notRunning = expect.objectContaining({ code: 'NOT_RUNNING' });
    expect(() => desk.disable('hold')).toThrow(notRunning);
    await (await start(desk)).stop();
    expect(() => desk.enable('hold')).toThrow(notRunning);
    await expect(desk.replace([])).rejects.toMatchObject({ code: 'NOT_RUNNING' });
  });
});

test('what onStart disables is not there when the first client comes', async () => {
  @Server({ name: 'shy', version: '1' })
  class Shy extends Desk {
    override onStart() {
      this.disable(['poem', 'hold']);
    }
  }
  const { desk, names, client } = await open('v2-legacy', new Shy());
  expect(await names()).not.toContain('hold');
  expect(client.getServerCapabilities()?.prompts).toEqual({ listChanged: true });
  desk.enable('poem');
  expect((await client.listPrompts()).prompts).toHaveLength(1);
});

describe.each(kinds)('replace, %s', (kind) => {
  test('components are others, the own handlers stay, instances stay', async () => {
    const { desk, heard, names, call } = await open(kind);
    const before = textOf(await call('forecast'));
    await desk.replace([Weather, TidesTool]);
    await settle();
    expect(heard).toEqual(['tools']);
    expect(await names()).toEqual([...all, 'tides']);
    expect(textOf(await call('tides'))).toBe('ebb');
    expect(textOf(await call('forecast'))).toBe(before);
    await desk.replace([NewForecast]);
    expect(textOf(await call('forecast'))).toBe('new forecast');
    await desk.replace([]);
    expect(await names()).toEqual(['hold', 'ask', 'hide']);
  });

  test('a mistake is reported as at start-up and leaves everything as it was', async () => {
    const { desk, heard, names } = await open(kind);
    const replaced = desk.replace([Weather, NewForecast, class Plain {}]);
    await expect(replaced).rejects.toThrow(StartUpError);
    await expect(replaced).rejects.toThrow(/Plain carries no @Tool[^]*DUPLICATE_NAME/);
    await settle();
    expect(heard).toEqual([]);
    expect(await names()).toEqual(all);
  });

  test('what is disabled stays disabled, by name; what is gone is forgotten', async () => {
    const { desk, names } = await open(kind);
    desk.disable('forecast');
    await desk.replace([NewForecast]);
    expect(await names()).not.toContain('forecast');
    await desk.replace([]);
    await desk.replace([NewForecast]);
    expect(await names()).toContain('forecast');
  });

  test('of several at once the last one stays', async () => {
    const container = {
      async get(cls: ComponentClass) {
        if (cls === TidesTool) await settle();
        return new cls();
      },
    };
    const { desk, names } = await open(kind, new Desk({ container }));
    await Promise.all([desk.replace([TidesTool]), desk.replace([]), desk.replace([NewForecast])]);
    expect(await names()).toEqual(all);
  });
});

describe('kinds that come later', () => {
  @Server({ name: 'plain', version: '1', components: [Weather] })
  class Plain extends McpServer {}
  @Server({ name: 'plain', version: '1', components: [Weather], announce: ['prompts'] })
  class Announcing extends McpServer {}
  const logger = new RecordedLog();

  test('are refused where they were not announced', async () => {
    const plain = new Plain({ logger });
    const server = await start(plain);
    ends.push(() => server.stop());
    await expect(plain.replace([Letters])).rejects.toMatchObject({
      code: 'UNANNOUNCED_KIND',
      message: expect.stringContaining("announce: ['prompts']"),
    });
    expect((await listening(server, 'v1')).client.getServerCapabilities()?.prompts).toBeUndefined();
  });

  test.each(kinds)('are told where they were announced, %s', async (kind) => {
    const announcing = new Announcing({ logger });
    const server = await start(announcing);
    ends.push(() => server.stop());
    const { client, heard } = await listening(server, kind);
    expect((await client.listPrompts()).prompts).toEqual([]);
    await announcing.replace([Weather, Letters]);
    await settle();
    expect(heard).toEqual(['prompts']);
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(['love']);
  });
});
