import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Arg, Context, Ctx, McpServer, Server, Tool } from '@reprise/core';
import { accept, bothEras, start, textOf } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';

const logger = new RecordedLog();
const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

let survived: unknown;

@Server({ name: 'walker', version: '1' })
class Walker extends McpServer {
  @Tool() async walk(@Arg('steps') steps: string, @Ctx() ctx: Context) {
    for (const step of JSON.parse(steps) as number[]) await ctx.reportProgress(step, 10, `at ${step}`);
    return 'there';
  }
  @Tool() async slowly(@Arg('ms') ms: number, @Ctx() ctx: Context) {
    for (let i = 1; i <= 5; i++) {
      await ctx.reportProgress(i);
      await delay(ms);
    }
    return 'there';
  }
  @Tool() async asks(@Ctx() ctx: Context) {
    await ctx.reportProgress(1);
    await ctx.confirm('one?');
    await ctx.reportProgress(2);
    await ctx.confirm('two?');
    await ctx.reportProgress(3);
    return 'there';
  }
  @Tool() async odd(@Ctx() ctx: Context) {
    for (const value of [NaN, Infinity, -Infinity, 1]) await ctx.reportProgress(value);
    return 'there';
  }
  @Tool() async goesOn(@Ctx() ctx: Context) {
    try {
      await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
      await ctx.reportProgress(1);
      await ctx.reportProgress(2);
      survived = 'yes';
    } catch (thrown) {
      survived = thrown;
    }
    return 'there';
  }
}

async function walker(progressInterval?: number) {
  const running = await start(
    new Walker({ logger, ...(progressInterval !== undefined && { progressInterval }) }),
  );
  ended.push(() => running.stop());
  return running;
}

describe.each(bothEras)('%s', (kind) => {
  async function heard(name: string, args: Record<string, unknown> = {}, interval?: number) {
    const { connect } = await walker(interval);
    const { call } = await connect(kind, { user: () => accept() });
    const ticks: { progress: number; total?: number; message?: string }[] = [];
    expect(textOf(await call(name, args, { onprogress: (tick) => ticks.push(tick) }))).toBe('there');
    // the client tells of rounds in the same place, with messages of its own
    return ticks.filter(({ message }) => !message?.startsWith('Fulfilling'));
  }

  test('progress, total and message arrive in order; values that do not grow are dropped', async () => {
    const ticks = await heard('walk', { steps: '[1, 3, 3, 2, 3.5, -1, 10]' });
    expect(ticks).toEqual(
      [1, 3, 3.5, 10].map((progress) => ({ progress, total: 10, message: `at ${progress}` })),
    );
  });

  test('what is no number is dropped, and does not stop what follows', async () => {
    expect(await heard('odd')).toEqual([{ progress: 1 }]);
  });

  test('without a token nothing is sent', async () => {
    const { connect } = await walker();
    const { call } = await connect(kind);
    expect(textOf(await call('walk', { steps: '[1, 2]' }))).toBe('there');
  });

  test('muted while the handler is replayed: each value is seen once', async () => {
    expect((await heard('asks')).map(({ progress }) => progress)).toEqual([1, 2, 3]);
  });

  test('with an interval: at most one message in each, and the last one before the result', async () => {
    const steps = Array.from({ length: 50 }, (_, index) => index + 1);
    const ticks = await heard('walk', { steps: JSON.stringify(steps) }, 10_000);
    expect(ticks.map(({ progress }) => progress)).toEqual([1, 50]);
  });

  test('with an interval: what waits is sent when its turn comes, not only at the end', async () => {
    const ticks = (await heard('slowly', { ms: 30 }, 50)).map(({ progress }) => progress);
    expect(ticks[0]).toBe(1);
    expect(ticks.at(-1)).toBe(5);
    expect(ticks.length).toBeGreaterThan(2);
    expect(ticks.length).toBeLessThan(5);
  });

  test('never throws after the client left', async () => {
    survived = undefined;
    const { connect } = await walker();
    const { call } = await connect(kind);
    const cancel = new AbortController();
    const calling = call('goesOn', {}, { signal: cancel.signal, onprogress: () => {} });
    await delay(20);
    cancel.abort();
    await expect(calling).rejects.toBeDefined();
    await delay(20);
    expect(survived).toBe('yes');
  });
});
