import type { Context } from '@reprise/core';
import fc from 'fast-check';

/** A random handler: what it asks and does, and in which shape. */
export type Node =
  | { op: 'ask'; label: string; key?: string; shared: boolean }
  | { op: 'confirm'; label: string }
  | { op: 'sample'; label: string }
  | { op: 'step'; label: string; fails: boolean }
  | { op: 'sequence'; body: Node[] }
  | { op: 'parallel'; lanes: Node[] }
  | { op: 'loop'; times: number; body: Node }
  | { op: 'try'; body: Node; throws: boolean }
  | { op: 'finally'; body: Node }
  | { op: 'unawaited'; first: Node; second: Node }
  | { op: 'nested'; body: Node };

/** What a program does in the world, counted outside of it. */
export interface World {
  steps: string[];
}

const label = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '~', '1', '/'), minLength: 1, maxLength: 3 });
const key = fc.option(fc.constantFrom('k1', 'k2', 'k-3'), { nil: undefined, freq: 6 });

const { node } = fc.letrec<{ node: Node; leaf: Node }>((tie) => ({
  leaf: fc.oneof(
    // shared: the same words, and the same key, may stand in many places of one program
    fc.record({ op: fc.constant('ask' as const), label, key, shared: fc.boolean() }),
    fc.record({ op: fc.constant('confirm' as const), label }),
    fc.record({ op: fc.constant('sample' as const), label }),
    fc.record({ op: fc.constant('step' as const), label, fails: fc.boolean() }),
  ),
  node: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    tie('leaf'),
    fc.record({ op: fc.constant('sequence' as const), body: fc.array(tie('node'), { maxLength: 4 }) }),
    fc.record({
      op: fc.constant('parallel' as const),
      lanes: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ op: fc.constant('loop' as const), times: fc.integer({ min: 0, max: 3 }), body: tie('node') }),
    fc.record({ op: fc.constant('try' as const), body: tie('node'), throws: fc.boolean() }),
    fc.record({ op: fc.constant('finally' as const), body: tie('node') }),
    fc.record({ op: fc.constant('unawaited' as const), first: tie('node'), second: tie('node') }),
    fc.record({ op: fc.constant('nested' as const), body: tie('node') }),
  ),
}));

/** Labels get their path, so that every place of a program is a question of its own; explicit keys likewise. */
export const program: fc.Arbitrary<Node> = fc
  .array(node, { minLength: 1, maxLength: 5 })
  .map((body) => named({ op: 'sequence', body }, 'p'));

function named(at: Node, path: string): Node {
  switch (at.op) {
    case 'ask':
      if (at.shared) return at;
      return { ...at, label: `${path}${at.label}`, ...(at.key && { key: `${at.key}.${path}` }) };
    case 'confirm':
    case 'sample':
    case 'step':
      return { ...at, label: `${path}${at.label}` };
    case 'sequence':
      return { ...at, body: at.body.map((child, i) => named(child, `${path}s${i}`)) };
    case 'parallel':
      return { ...at, lanes: at.lanes.map((child, i) => named(child, `${path}p${i}`)) };
    case 'loop':
    case 'try':
    case 'finally':
    case 'nested':
      return { ...at, body: named(at.body, `${path}${at.op[0]}`) };
    case 'unawaited':
      return { ...at, first: named(at.first, `${path}u`), second: named(at.second, `${path}w`) };
  }
}

/** Runs a program and returns all it got to know. `i` counts the loops around. */
export async function interpret(at: Node, ctx: Context, world: World, i = ''): Promise<unknown> {
  switch (at.op) {
    case 'ask': {
      const answer = await ctx.elicit(`ask ${at.label}`, Number, at.key === undefined ? {} : { key: at.key });
      return answer.action === 'accept' ? answer.data : answer.action;
    }
    case 'confirm':
      return ctx.confirm(`confirm ${at.label}`);
    case 'sample':
      return (await ctx.sample(`sample ${at.label}`)).text;
    case 'step':
      return (
        ctx
          // lanes repeat a loop's label: each run of a step has a name of its own
          .step(`${at.label}#${i}`, async ({ idempotencyKey }) => {
            world.steps.push(idempotencyKey);
            if (at.label.length % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
            if (at.fails) throw new TypeError(`failed ${at.label}`);
            return { done: at.label, at: new Date(0) };
          })
          .catch((error: Error) => {
            if (error.name === 'SuspendedError') throw error;
            return `${error.name}: ${error.message}`;
          })
      );
    case 'sequence': {
      const values: unknown[] = [];
      for (const child of at.body) values.push(await interpret(child, ctx, world, i));
      return values;
    }
    case 'parallel':
      return Promise.all(at.lanes.map((lane) => interpret(lane, ctx, world, i)));
    case 'loop': {
      const values: unknown[] = [];
      for (let n = 0; n < at.times; n++) values.push(await interpret(at.body, ctx, world, `${i}${n}`));
      return values;
    }
    case 'try':
      // swallows everything, a suspension too: what the client is told must not change by it
      try {
        const value = await interpret(at.body, ctx, world, i);
        if (at.throws) throw new Error('thrown');
        return value;
      } catch {
        return 'caught';
      }
    case 'finally':
      try {
        return await interpret(at.body, ctx, world, i);
      } finally {
        await Promise.resolve();
      }
    case 'unawaited': {
      const first = interpret(at.first, ctx, world, i);
      const second = interpret(at.second, ctx, world, i);
      second.catch(() => {});
      return [await first, await second];
    }
    case 'nested': {
      const answer = await ctx.callTool('run', { program: JSON.stringify(at.body), i });
      return answer.content.map((block) => ('text' in block ? block.text : '')).join('');
    }
  }
}
