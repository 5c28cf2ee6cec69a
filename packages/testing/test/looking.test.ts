import { AssertionError } from 'node:assert';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Context, Ctx, McpServer, Server, Tool } from '@reprise/core';
import { connect, eachEra, matchers, type TestClient } from '@reprise/testing';
import '@reprise/testing/jest';
import { TripDesk } from './trip-desk.js';

expect.extend(matchers);

@Server({ name: 'steps', version: '1.0.0' })
class Steps extends McpServer {
  tries = 0;

  @Tool({ description: 'The same step twice' })
  async twice(@Ctx() ctx: Context): Promise<string> {
    await ctx.step('book', () => 1);
    await ctx.confirm('Again?');
    await ctx.step('book', () => 2);
    return 'done';
  }

  @Tool({ description: 'Remembers a failure' })
  async failing(@Ctx() ctx: Context): Promise<string> {
    const failed = await ctx
      .step('pay', () => {
        this.tries++;
        throw new RangeError('no money');
      })
      .catch(() => 'failed');
    await ctx.confirm('So what?');
    return String(failed);
  }

  @Tool({ description: 'Calls another tool' })
  async outer(@Ctx() ctx: Context): Promise<string> {
    await ctx.callTool('failing');
    await ctx.confirm('Enough?');
    return 'done';
  }

  @Tool({ description: 'Never ends' })
  forever(): Promise<string> {
    return new Promise(() => {});
  }
}

let client: TestClient;
afterEach(() => client.close());

eachEra((join, era) => {
  const isModern = era === 'modern';
  beforeEach(async () => {
    client = await join(Steps, { options: { stopGrace: 1 } });
    client.answers(() => true);
  });

  test('runs are counted with their rounds', async () => {
    const call = client.call('twice');
    await call;
    expect(call.steps('book').rounds).toEqual(isModern ? [1, 2] : [1, 1]);
    call.steps('book').ran(2);
    call.steps('pay').didNotRun();
    expect(call).toHaveRun('book', 2);
    expect(call).not.toHaveRunOnce('book');
    expect(call).toHaveRounds(isModern ? 2 : 1);
    expect(call).toHaveAsked(['Again?']);
    expect(call).not.toHaveAsked(['Again?', 'Really?']);
  });

  test('a remembered failure is one run, also in a nested call', async () => {
    const call = client.call('outer');
    expect(await call.text()).toBe('done');
    call.steps('pay').ranOnce();
    expect((client.server as Steps).tries).toBe(1);
    expect(call).toHaveRunOnce('pay');
    expect(call).toHaveAsked(['So what?', 'Enough?']);
  });

  test('a plain assert says what ran, and how often', async () => {
    const call = client.call('twice');
    await call;
    const places = isModern ? 'in rounds 1, 2' : 'in rounds 1, 1';
    expect(() => call.steps('book').ranOnce()).toThrow(AssertionError);
    expect(() => call.steps('book').ranOnce()).toThrow(
      `The step "book" ran 2 times (${places}), expected once.`,
    );
    expect(() => call.steps('book').didNotRun()).toThrow('expected never.');
    expect(() => call.steps('hook').ranOnce()).toThrow(
      'The step "hook" ran never, expected once. These ran: "book".',
    );
    expect(() => expect(call).toHaveRunOnce('book')).toThrow('ran 2 times');
    expect(() => expect(call).toHaveRounds(7)).toThrow('expected 7.');
    expect(() => expect(call).toHaveAsked([])).toThrow('The user was asked ["Again?"], expected [].');
  });

  test('a call that is not over proves nothing', async () => {
    const cancel = new AbortController();
    const call = client.call('forever', {}, { signal: cancel.signal });
    expect(() => call.steps('book').didNotRun()).toThrow('Await the call first.');
    expect(() => expect(call).toHaveRounds(1)).toThrow('Await it first.');
    expect(() => expect(call).toHaveRun('book', 0)).toThrow('Await the call first.');
    cancel.abort(new Error('enough'));
    await expect(call).rejects.toThrow();
    expect(() => call.steps('book').ranOnce()).toThrow('No step ran in this call.');
  });

  test('matchers want the call, not its answer', async () => {
    const answer: unknown = await client.call('twice');
    expect(() => expect(answer).toHaveRounds(1)).toThrow('This is no call.');
  });
}, describe);

test('eachEra needs a describe', async () => {
  client = await connect(TripDesk);
  expect(() => eachEra(() => {})).toThrow('eachEra: there is no global describe().');
  const groups: string[] = [];
  Object.assign(globalThis, { describe: (name: string) => groups.push(name) });
  try {
    eachEra(() => {});
  } finally {
    Reflect.deleteProperty(globalThis, 'describe');
  }
  expect(groups).toEqual(['legacy', 'modern']);
});
