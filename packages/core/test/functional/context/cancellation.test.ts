import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  CancelledError,
  Context,
  Ctx,
  McpServer,
  type Middleware,
  type SamplingHandler,
  Server,
  Tool,
} from '@reprise/core';
import { accept, type Answer, bothEras, type Connected, type Options, start } from '../../support/clients.js';
import { RecordedLog } from '@reprise/testing';

const log = new RecordedLog();
const servers: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  log.lines.length = 0;
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

class Gate {
  open!: () => void;
  readonly passed = new Promise<void>((resolve) => (this.open = resolve));
}

/** What came of a place where a call was cancelled. */
class Witness {
  readonly reached = new Gate();
  /** Opens when the client has cancelled: who was asked answers then. */
  readonly late = new Gate();
  readonly over = new Gate();
  /** What was being waited for ended with this. */
  pending: unknown = 'nothing';
  /** What was asked, and what was begun, after the cancel ended with these. */
  asked: unknown = 'nothing';
  begun: unknown = 'nothing';
  aborted = false;
  ran: string[] = [];

  /** Waits at a place, then goes on as code does that has noticed nothing: talks, asks, begins something else. */
  async goOn(ctx: Context, wait: () => Promise<unknown>): Promise<string> {
    await ctx.reportProgress(1, 2, 'waiting');
    this.pending = await endOf(wait());
    this.aborted = ctx.signal.aborted;
    await ctx.reportProgress(2, 2, 'nobody listens');
    await ctx.warning('nobody listens');
    this.asked = await endOf(ctx.confirm('Still there?'));
    this.begun = await endOf(ctx.step('late', () => this.ran.push('late')));
    this.over.open();
    return 'too late';
  }

  /** Something slow that ends when the call is cancelled. */
  async untilCancelled(signal: AbortSignal): Promise<never> {
    this.reached.open();
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    throw new Error('broken off');
  }
}

let witness = new Witness();

@Server({ name: 'places', version: '1.0.0' })
class Places extends McpServer {
  @Tool() handler(@Ctx() ctx: Context) {
    witness.ran.push('handler');
    return ctx.era;
  }
  @Tool() handlerWaits(@Ctx() ctx: Context) {
    return witness.goOn(ctx, () => witness.untilCancelled(ctx.signal));
  }
  @Tool() stepWaits(@Ctx() ctx: Context) {
    return witness.goOn(ctx, () => ctx.step('slow', () => witness.untilCancelled(ctx.signal)));
  }
  @Tool() asks(@Ctx() ctx: Context) {
    return witness.goOn(ctx, () => ctx.confirm('Sure?'));
  }
  @Tool() asksTwice(@Ctx() ctx: Context) {
    return witness.goOn(ctx, () => Promise.all([ctx.confirm('Left?'), ctx.confirm('Right?')]));
  }
  @Tool() samples(@Ctx() ctx: Context) {
    return witness.goOn(ctx, () => ctx.sample('Hello?'));
  }
  @Tool() nestedAsks(@Ctx() ctx: Context) {
    return witness.goOn(ctx, () => ctx.callTool('asksOnly'));
  }
  @Tool() async asksOnly(@Ctx() ctx: Context) {
    return String(await ctx.confirm('Sure, in there?'));
  }
}

interface Case {
  tool: string;
  middleware?: Middleware;
  model?: SamplingHandler;
  client?: Options;
}

/** Calls, cancels once the place is reached, and gives what the server sent from then on. */
async function cancelAt(kind: (typeof bothEras)[number], { tool, middleware, model, client }: Case) {
  witness = new Witness();
  const sampling = model && ({ handler: model, when: 'always' } as const);
  const server = new Places({ logger: log, devCheck: false, ...(sampling && { sampling }) });
  if (middleware) server.use(middleware);
  const running = await start(server);
  servers.push(running);
  const connected = await running.connect(kind, client);
  if (kind === 'v2-legacy') await connected.client.setLoggingLevel('debug');
  const cancel = new AbortController();
  const options = { signal: cancel.signal, onprogress: () => {} };
  const call = endOf(connected.call(tool, {}, options));
  await witness.reached.passed;
  const before = connected.wire.length;
  cancel.abort('changed my mind');
  witness.late.open();
  expect(await call).toBeInstanceOf(Error);
  return { connected, sentAfter: () => messagesAfter(connected, before) };
}

/** What the server sent after so many messages of the connection. */
function messagesAfter({ wire }: Connected, before: number): unknown[] {
  return wire.slice(before).flatMap(({ from, message }) => (from === 'server' ? [message] : []));
}

/** Long enough for what was sent by mistake, and for a rejection that nobody handles, to show. */
async function settle(): Promise<void> {
  for (let n = 0; n < 20; n++) await turn();
}

const endOf = (work: Promise<unknown>): Promise<unknown> => work.catch((thrown: unknown) => thrown);

/** A person who is asked so many questions, and answers too late. */
function slow(questions = 1): () => Promise<Answer> {
  let open = 0;
  return async () => {
    if (++open === questions) witness.reached.open();
    await witness.late.passed;
    return accept({ value: true });
  };
}

describe.each(bothEras)('cancel, %s', (kind) => {
  const isLegacy = kind === 'v2-legacy';

  test('in the handler: the signal aborts, nothing can be asked or begun, nothing is sent', async () => {
    const { sentAfter } = await cancelAt(kind, { tool: 'handlerWaits' });
    await witness.over.passed;
    await settle();
    expect(witness.aborted).toBe(true);
    expect(witness.asked).toBeInstanceOf(CancelledError);
    expect(witness.begun).toBeInstanceOf(CancelledError);
    expect(witness.ran).toEqual([]);
    expect(sentAfter()).toEqual([]);
  });

  test('inside a step: the step ends with CancelledError, whatever its own code threw', async () => {
    const { sentAfter } = await cancelAt(kind, { tool: 'stepWaits' });
    await witness.over.passed;
    await settle();
    expect(witness.aborted).toBe(true);
    expect(witness.pending).toBeInstanceOf(CancelledError);
    expect(witness.asked).toBeInstanceOf(CancelledError);
    expect(witness.begun).toBeInstanceOf(CancelledError);
    expect(sentAfter()).toEqual([]);
    expect(log.text('error')).toBe('');
  });

  test('before the handler, in middleware: the handler does not run, nothing is sent', async () => {
    const { sentAfter } = await cancelAt(kind, {
      tool: 'handler',
      middleware: async (ctx, next) => {
        await endOf(witness.untilCancelled(ctx.signal));
        witness.aborted = ctx.signal.aborted;
        await ctx.warning('nobody listens');
        const outcome = await next();
        witness.pending = outcome.kind;
        witness.over.open();
        return outcome;
      },
    });
    await witness.over.passed;
    await settle();
    expect(witness).toMatchObject({ aborted: true, pending: 'failure', ran: [] });
    expect(sentAfter()).toEqual([]);
    expect(log.text('error')).toBe('');
  });

  test('after the handler, while middleware waits: what it answers or throws is not sent', async () => {
    for (const end of ['answer', 'throw']) {
      const { sentAfter } = await cancelAt(kind, {
        tool: 'handler',
        middleware: async (ctx, next) => {
          const outcome = await next();
          await endOf(witness.untilCancelled(ctx.signal));
          await ctx.warning('nobody listens');
          witness.over.open();
          if (end === 'throw') throw new Error('thrown too late');
          return outcome;
        },
      });
      await witness.over.passed;
      await settle();
      expect(witness.ran).toEqual(['handler']);
      expect(sentAfter()).toEqual([]);
    }
  });

  test("while the server's own model is asked: its signal aborts, ctx.sample ends with CancelledError", async () => {
    let signalled = false;
    const { sentAfter } = await cancelAt(kind, {
      tool: 'samples',
      model: async (_request, { signal }) => {
        try {
          return await witness.untilCancelled(signal);
        } finally {
          signalled = signal.aborted;
        }
      },
    });
    await witness.over.passed;
    await settle();
    expect(signalled).toBe(true);
    expect(witness.pending).toBeInstanceOf(CancelledError);
    expect(sentAfter()).toEqual([]);
    expect(log.text('error')).toBe('');
  });

  for (const [place, tool, questions] of [
    ['a question is open', 'asks', 1],
    ['two questions are open', 'asksTwice', 2],
    ['a question of a nested call is open', 'nestedAsks', 1],
    ["the client's model thinks", 'samples', 1],
  ] as const)
    test(`while ${place}: ${isLegacy ? 'it ends with CancelledError, and is taken back' : 'the call is over, nobody comes back for it'}`, async () => {
      const user = slow(questions);
      const { connected, sentAfter } = await cancelAt(kind, { tool, client: { user, model: user } });
      await witness.over.passed;
      await settle();
      if (isLegacy) {
        expect(witness.pending).toBeInstanceOf(CancelledError);
        expect(witness.aborted).toBe(true);
        expect(witness.asked).toBeInstanceOf(CancelledError);
        // the one thing left to say, and not about the call: close those forms
        expect(sentAfter()).toMatchObject(
          Array.from({ length: questions }, () => ({ method: 'notifications/cancelled' })),
        );
      } else {
        // nothing runs between rounds: there is no signal to abort, and no message that could be late
        expect(sentAfter()).toEqual([]);
        expect(connected.sent('tools/call')).toBe(1);
      }
      expect(witness.ran).toEqual([]);
      expect(log.text('error')).toBe('');
    });

  test('a client that was cancelled on goes on with its other calls', async () => {
    const { connected } = await cancelAt(kind, { tool: 'asks', client: { user: slow() } });
    await witness.over.passed;
    expect((await connected.call('handler')).isError).toBeUndefined();
  });
});
