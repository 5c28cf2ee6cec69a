import { afterEach, describe, expect, test } from '@jest/globals';
import {
  Context,
  Ctx,
  McpServer,
  type McpServerOptions,
  RepriseError,
  Server,
  type Session,
  StartUpError,
  Tool,
} from '@reprise/core';
import { MemoryTransport } from '@reprise/testing';
import type { Host, Transport } from '@reprise/core/transport';
import { accept, bothEras, start, textOf } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

interface App {
  readonly database: string;
  readonly rows: number[];
}

@Server({ name: 'office', version: '1' })
class Office extends McpServer<App> {
  readonly events: string[] = [];
  readonly log: RecordedLog;
  starting: () => Promise<void> | void = () => {};
  stopping: () => Promise<void> | void = () => {};

  constructor(options: McpServerOptions = {}) {
    const logger = new RecordedLog();
    super({ logger, ...options });
    this.log = logger;
  }

  protected override async onStart(): Promise<App> {
    this.events.push('start');
    await this.starting();
    return { database: 'open', rows: [] };
  }

  protected override async onStop(app: App): Promise<void> {
    this.events.push(`stop ${app.database} ${app.rows.length}`);
    await this.stopping();
  }

  @Tool() async write(@Ctx() ctx: Context<App>) {
    const sure = await ctx.confirm('Write?');
    if (sure) ctx.app.rows.push(1);
    // @ts-expect-error the app is typed
    void ctx.app.tables;
    return `${ctx.app.database}, ${ctx.app.rows.length}, ${Context.current<App>()?.app === ctx.app}`;
  }

  @Tool() async slow(@Ctx() ctx: Context<App>) {
    this.events.push('call begins');
    await new Promise((resolve) => setTimeout(resolve, 100));
    ctx.app.rows.push(1);
    this.events.push('call ends');
    return 'done';
  }

  @Tool() plain(@Ctx() ctx: Context) {
    const app: unknown = ctx.app;
    return JSON.stringify(app);
  }
}

/** A transport that tells what happens to it. */
class Probe implements Transport {
  readonly name = 'memory';
  readonly address = 'probe';

  constructor(
    private readonly events: string[],
    private readonly onStart: (host: Host) => void = () => {},
  ) {}

  async start(host: Host) {
    this.events.push('transport starts');
    this.onStart(host);
  }
  async drain() {
    this.events.push('transport drains');
  }
  async close() {
    this.events.push('transport closes');
  }
}

describe('lifespan_context: what onStart() returned', () => {
  test.each(bothEras)('is ctx.app in every round, %s', async (kind) => {
    const office = new Office();
    const server = await start(office);
    ends.push(() => server.stop());
    const { call } = await server.connect(kind, { user: () => accept() });
    expect(textOf(await call('write'))).toBe('open, 1, true');
    expect(textOf(await call('write'))).toBe('open, 2, true');
    expect(textOf(await call('plain'))).toBe('{"database":"open","rows":[1,1]}');
    expect(office.events).toEqual(['start']);
  });

  test('is undefined where there is no onStart', async () => {
    @Server({ name: 'bare', version: '1' })
    class Bare extends McpServer {
      @Tool() app(@Ctx() ctx: Context) {
        return String(ctx.app);
      }
    }
    const server = await start(new Bare({ logger: new RecordedLog() }));
    ends.push(() => server.stop());
    expect(textOf(await (await server.connect('v2-modern')).call('app'))).toBe('undefined');
  });
});

describe('the order', () => {
  test('onStart, transports, calls; then calls end, transports close, onStop', async () => {
    const office = new Office();
    const memory = new MemoryTransport();
    await office.start(new Probe(office.events), memory);
    const server = { connect: () => memory.connect() };
    const { Client } = await import('@modelcontextprotocol/client');
    const client = new Client({ name: 'c', version: '1' });
    await client.connect(server.connect());
    const running = client.callTool({ name: 'slow' });
    while (!office.events.includes('call begins')) await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all([office.stop(), office.stop()]);
    await running;
    expect(office.events).toEqual([
      ...['start', 'transport starts', 'call begins'],
      ...['transport drains', 'call ends', 'transport closes', 'stop open 1'],
    ]);
  });

  test('onStart comes after the declarations were checked', async () => {
    @Server({ name: 'wrong', version: '1' })
    class Wrong extends Office {
      @Tool({ name: 'write' }) other() {}
    }
    const wrong = new Wrong();
    await expect(wrong.start(new MemoryTransport())).rejects.toThrow(StartUpError);
    expect(wrong.events).toEqual([]);
  });

  test('a component cannot take the place of a hook', async () => {
    @Server({ name: 'wrong', version: '1' })
    class Wrong extends McpServer {
      @Tool() override onStart() {}
    }
    await expect(new Wrong().start(new MemoryTransport())).rejects.toThrow(
      'Wrong.onStart: onStart() is a method of every server and would be replaced.',
    );
  });
});

describe('a start that fails', () => {
  test('in onStart rejects with its reason; no transport was started, onStop is not called', async () => {
    const office = new Office();
    const reason = new Error('no database');
    office.starting = () => Promise.reject(reason);
    await expect(office.start(new Probe(office.events))).rejects.toBe(reason);
    expect(office.events).toEqual(['start', 'transport drains', 'transport closes']);
    expect(office.log.text('error')).toBe('');
    await expect(office.start(new MemoryTransport())).rejects.toMatchObject({ code: 'ALREADY_STARTED' });
  });

  test('in a transport closes the ones before it and calls onStop', async () => {
    const office = new Office();
    const reason = new Error('the port is taken');
    const failing = new Probe(office.events, () => {
      throw reason;
    });
    await expect(office.start(new Probe(office.events), failing)).rejects.toBe(reason);
    expect(office.events).toEqual([
      ...['start', 'transport starts', 'transport starts'],
      ...['transport drains', 'transport drains', 'transport closes', 'transport closes', 'stop open 0'],
    ]);
  });

  test('keeps its reason when onStop fails as well', async () => {
    const office = new Office();
    office.stopping = () => {
      throw new Error('cannot close');
    };
    const failing = new Probe(office.events, () => {
      throw new Error('the port is taken');
    });
    await expect(office.start(failing)).rejects.toThrow('the port is taken');
    expect(office.log.text('error')).toContain('cannot close');
  });

  test('because it was stopped meanwhile says so, and ends what had begun', async () => {
    const office = new Office();
    let stopped: Promise<void> | undefined;
    office.starting = async () => {
      stopped = office.stop();
      await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await expect(office.start(new Probe(office.events))).rejects.toMatchObject({ code: 'STOPPING' });
    await stopped;
    expect(office.events).toEqual(['start', 'transport drains', 'transport closes', 'stop open 0']);
  });
});

test('stop() rejects with what onStop throws, after everything was closed', async () => {
  const office = new Office();
  office.stopping = () => Promise.reject(new Error('cannot close'));
  await office.start(new Probe(office.events));
  await expect(office.stop()).rejects.toThrow('cannot close');
  expect(office.events.slice(-2)).toEqual(['transport closes', 'stop open 0']);
});

describe('sessions', () => {
  @Server({ name: 'hotel', version: '1' })
  class Hotel extends Office {
    readonly guests: string[] = [];
    readonly ids: (string | undefined)[] = [];
    failing = false;

    protected override async onSessionStart(session: Session) {
      if (this.failing) throw new Error('no room');
      await new Promise((resolve) => setTimeout(resolve, 100));
      this.ids.push(session.id);
      this.guests.push(`+ ${session.client.info?.name} over ${session.transport}`);
    }
    protected override async onSessionEnd(session: Session) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      this.ids.push(session.id);
      this.guests.push(`- ${session.client.info?.name}`);
      this.events.push('session ends');
    }

    @Tool() id(@Ctx() ctx: Context) {
      this.ids.push(ctx.sessionId);
    }
  }

  test.each(['v1', 'v2-legacy'] as const)(
    'begin and end are told once, the end after the beginning, %s',
    async (kind) => {
      const hotel = new Hotel();
      const server = await start(hotel);
      ends.push(() => server.stop());
      const client = await server.connect(kind);
      await client.call('id');
      await client.close();
      await until(() => hotel.guests.length === 2);
      expect(hotel.guests).toEqual([`+ ${kind} over memory`, `- ${kind}`]);
      expect(new Set(hotel.ids).size).toBe(1);
      expect(hotel.ids[0]).toEqual(expect.any(String));
      expect(hotel.ids).toHaveLength(3);
    },
  );

  test('each client has its own', async () => {
    const hotel = new Hotel();
    const server = await start(hotel);
    ends.push(() => server.stop());
    await Promise.all([server.connect('v2-legacy'), server.connect('v1')]);
    await until(() => hotel.guests.length === 2);
    expect(new Set(hotel.ids).size).toBe(2);
  });

  test('modern clients have none', async () => {
    const hotel = new Hotel();
    const server = await start(hotel);
    const client = await server.connect('v2-modern');
    await client.call('id');
    await client.close();
    await server.stop();
    expect(hotel.guests).toEqual([]);
    expect(hotel.ids).toEqual([undefined]);
  });

  test('those that are open end before onStop', async () => {
    const hotel = new Hotel();
    const server = await start(hotel);
    await server.connect('v2-legacy');
    await server.stop();
    expect(hotel.guests).toEqual(['+ v2-legacy over memory', '- v2-legacy']);
    expect(hotel.events.slice(-2)).toEqual(['session ends', 'stop open 0']);
  });

  test('an error is logged with the session, and the client is served', async () => {
    const hotel = new Hotel();
    hotel.failing = true;
    const server = await start(hotel);
    ends.push(() => server.stop());
    const client = await server.connect('v2-legacy');
    await client.call('id');
    expect(hotel.log.text('error')).toMatch(/onSessionStart failed .*no room/s);
    await client.close();
    await until(() => hotel.guests.length === 1); // its end is told all the same
  });
});

test('errors are ours', async () => {
  const error = await new Office().start().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RepriseError);
  expect(error).toMatchObject({ code: 'INVALID_OPTION', where: 'Office' });
});

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
