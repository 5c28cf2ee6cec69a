import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { Context, Ctx, McpServer, Resource, Prompt, Server, Tool, ToolError } from '@reprise/core';
import { Notices } from '../../../src/context/notices.js';
import { accept, bothEras, type ClientKind, type Connected, start, textOf } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';

const logger = new RecordedLog();
const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  logger.lines.length = 0;
  for (const end of ended.splice(0)) await end();
});

let whileRunning: () => string[] = () => [];

@Server({ name: 'teller', version: '1' })
class Teller extends McpServer {
  @Tool() async many(@Ctx() ctx: Context) {
    for (let i = 0; i < 3; i++) {
      ctx.notifyToolsChanged();
      ctx.notifyPromptsChanged();
      ctx.notifyResourcesChanged();
      ctx.notifyResourceUpdated('teller://a');
      ctx.notifyResourceUpdated('teller://b');
    }
    await delay(20);
    return whileRunning().join();
  }

  @Tool() async nested(@Ctx() ctx: Context) {
    ctx.notifyToolsChanged();
    await ctx.callTool('fails');
    await delay(20);
    return whileRunning().join();
  }

  @Tool() fails(@Ctx() ctx: Context): string {
    ctx.notifyToolsChanged();
    throw new ToolError('changed, then failed');
  }

  @Tool() async asks(@Ctx() ctx: Context) {
    ctx.notifyToolsChanged();
    await ctx.confirm('one?');
    ctx.notifyPromptsChanged();
    await ctx.confirm('two?');
    return whileRunning().join();
  }

  @Tool() quiet() {
    return 'ok';
  }

  @Resource('teller://a') a() {
    return 'a';
  }
  @Resource('teller://b') b() {
    return 'b';
  }
  @Prompt() p() {
    return 'p';
  }
}

async function teller() {
  const running = await start(new Teller({ logger }));
  ended.push(() => running.stop());
  return running;
}

/** What a client is told of changes, from now on. */
async function hear({ client }: Connected, kind: ClientKind): Promise<string[]> {
  const heard: string[] = [];
  client.setNotificationHandler('notifications/tools/list_changed', () => void heard.push('tools'));
  client.setNotificationHandler('notifications/prompts/list_changed', () => void heard.push('prompts'));
  client.setNotificationHandler('notifications/resources/list_changed', () => void heard.push('resources'));
  client.setNotificationHandler(
    'notifications/resources/updated',
    ({ params }) => void heard.push(params.uri),
  );
  if (kind === 'v2-modern')
    await client.listen({
      ...{ toolsListChanged: true, promptsListChanged: true, resourcesListChanged: true },
      resourceSubscriptions: ['teller://a'],
    });
  else await client.subscribeResource({ uri: 'teller://a' });
  return heard;
}

describe.each(bothEras)('%s', (kind) => {
  async function heardBy(name: string) {
    const { connect } = await teller();
    const caller = await connect(kind, { user: () => accept() });
    const witness = await connect(kind);
    const heard = [await hear(caller, kind), await hear(witness, kind)] as const;
    whileRunning = () => heard.flat();
    const answer = textOf(await caller.call(name));
    await delay(30);
    return { answer, heard };
  }

  test('notices are queued, each once, and sent to every client when the request ends', async () => {
    const { answer, heard } = await heardBy('many');
    expect(answer).toBe('');
    const all = ['tools', 'prompts', 'resources', 'teller://a'];
    expect(heard.map((list) => list.toSorted())).toEqual([all.toSorted(), all.toSorted()]);
  });

  test('a nested call adds to the queue of the request; a failed one as well', async () => {
    const { answer, heard } = await heardBy('nested');
    expect(answer).toBe('');
    expect(heard).toEqual([['tools'], ['tools']]);
  });

  test('a call that failed has its changes told all the same', async () => {
    const { answer, heard } = await heardBy('fails');
    expect(answer).toBe('changed, then failed');
    expect(heard).toEqual([['tools'], ['tools']]);
  });

  test('over questions everything is sent once, at the very end', async () => {
    const { answer, heard } = await heardBy('asks');
    expect(answer).toBe('');
    expect(heard).toEqual([
      ['tools', 'prompts'],
      ['tools', 'prompts'],
    ]);
  });
});

describe('a client that cannot be told', () => {
  /** A client whose end of the pipe takes nothing more after it has connected. */
  async function blocked(running: Awaited<ReturnType<typeof teller>>, send: () => Promise<void>) {
    const pipe = running.raw();
    const initialize = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'blocked', version: '1' },
    };
    const answered = new Promise((resolve) => (pipe.onmessage = resolve));
    await pipe.start();
    await pipe.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: initialize });
    await answered;
    await pipe.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    // the pair of a linked pipe is where the server sends
    const serverEnd = (pipe as unknown as { _otherTransport: { send: () => Promise<void> } })._otherTransport;
    serverEnd.send = send;
  }

  test.each(bothEras)(
    '%s: does not fail the call; it is logged with who, and what was queued',
    async (kind) => {
      const running = await teller();
      await blocked(running, () => Promise.reject(new Error('broken pipe')));
      const caller = await running.connect(kind);
      const heard = await hear(caller, kind);
      const answer = await caller.call('many');
      expect(answer.isError).toBeUndefined();
      await delay(30);
      expect(heard).toContain('tools');
      const [line, ...more] = logger.lines.filter(({ level }) => level === 'warning');
      expect(more).toEqual([]);
      expect(line).toMatchObject({
        message: 'notices of a change could not be sent',
        fields: {
          requestId: expect.anything(),
          queued: [
            'tools_list_changed',
            'prompts_list_changed',
            'resources_list_changed',
            ...['resource_updated teller://a', 'resource_updated teller://b'],
          ],
          error: expect.stringContaining('could not be told'),
        },
      });
      const { sessionId } = line!.fields;
      expect(typeof sessionId).toBe(kind === 'v2-modern' ? 'undefined' : 'string');
    },
  );

  test.each(bothEras)('%s: that reads nothing does not hold up anybody', async (kind) => {
    const running = await teller();
    await blocked(running, () => new Promise(() => {}));
    const caller = await running.connect(kind);
    const heard = await hear(caller, kind);
    const calls = Array.from({ length: 1000 }, () => caller.call('fails'));
    await Promise.race(calls);
    // an answer that waited for the client that reads nothing would come after its flush was given up
    expect(logger.text('warning')).toBe('');
    expect(await Promise.all(calls)).toHaveLength(1000);
    await delay(50);
    expect(heard).toHaveLength(1000);
    expect(textOf(await caller.call('quiet'))).toBe('ok');
  });
});

describe('one flush', () => {
  afterEach(() => void jest.useRealTimers());

  test('ends after 5 seconds at the latest, is logged and counted', async () => {
    jest.useFakeTimers();
    const flushes: { failure: unknown; durationMs: number }[] = [];
    const notices = new Notices(
      { changes: { deliver: () => new Promise(() => {}) }, log: logger },
      { requestId: 7, sessionId: 's' },
      { flushed: (flush) => void flushes.push(flush) },
    );
    notices.add({ kind: 'tools_list_changed' });
    const flushed = notices.flush();
    await jest.advanceTimersByTimeAsync(4999);
    expect(flushes).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    await flushed;
    expect(flushes).toMatchObject([{ failure: { code: 'NOTICE_TIMEOUT' } }]);
    expect(flushes[0]?.durationMs).toBeGreaterThanOrEqual(4999);
    expect(logger.lines.filter(({ fields }) => fields['requestId'] === 7)).toMatchObject([
      { fields: { sessionId: 's' } },
    ]);
  });

  test('is one, however often it is begun', async () => {
    let delivered = 0;
    const changes = { deliver: async () => void delivered++ };
    const notices = new Notices(
      { changes, log: logger },
      { requestId: 1, sessionId: undefined },
      { flushed: () => {} },
    );
    notices.add({ kind: 'tools_list_changed' });
    await Promise.all([notices.flush(), notices.flush()]);
    expect(delivered).toBe(1);
  });
});
