import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Arg, Context, Ctx, McpServer, Server, Tool } from '@reprise/core';
import fc from 'fast-check';
import { accept, type Answer, type ClientKind, type Question, start, textOf } from '../support/clients.js';
import { RecordedLog } from '@reprise/testing';
import { interpret, type Node, program, type World } from './program.js';

const world: World = { steps: [] };

@Server({ name: 'programs', version: '1.0.0' })
class Programs extends McpServer {
  @Tool()
  async run(@Arg('program') text: string, @Arg('i', { required: false }) i: string, @Ctx() ctx: Context) {
    return JSON.stringify(await interpret(JSON.parse(text) as Node, ctx, world, i ?? ''));
  }
}

/**
 * Answers by what is asked, never by when: some yes, some no, some closed without a choice, some with nonsense that
 * has to be asked again.
 */
function user({ message }: Question): Answer {
  const mood = [...message].reduce((sum, char) => sum + char.charCodeAt(0), 0) % 7;
  if (mood === 0) return { action: 'decline' };
  if (mood === 1) return { action: 'cancel' };
  if (mood === 2 && !message.includes('cannot be used')) return accept({ value: 'nonsense' });
  return accept(message.startsWith('confirm') ? {} : { value: message.length });
}

let server: Awaited<ReturnType<typeof start>>;
beforeAll(
  async () =>
    void (server = await start(
      new Programs({ logger: new RecordedLog(), state: { maxBytes: 4 * 1024 * 1024 } }),
    )),
);
afterAll(() => server.stop());

async function transcript(kind: ClientKind, root: Node) {
  world.steps = [];
  const models: unknown[] = [];
  const connected = await server.connect(kind, {
    user,
    model: (params) => {
      const { messages } = params as { messages: { content: { text: string } }[] };
      models.push(messages[0]?.content.text);
      return {
        role: 'assistant',
        model: 'm',
        content: { type: 'text', text: `said ${messages[0]?.content.text}` },
      };
    },
  });
  const answer = await connected.call('run', { program: JSON.stringify(root) });
  await connected.close();
  return {
    result: textOf(answer),
    isError: answer.isError ?? false,
    asked: connected.asked.sort(),
    models: models.sort(),
    stepRuns: world.steps.length,
    stepKeys: new Set(world.steps).size,
  };
}

test('the modern transcript of any handler equals the legacy one, and nothing happens twice', async () => {
  await fc.assert(
    fc.asyncProperty(program, async (root) => {
      const legacy = await transcript('v2-legacy', root);
      const modern = await transcript('v2-modern', root);
      expect(modern).toEqual(legacy);
      expect(modern.isError).toBe(false);
      // each run of a step has a key of its own: none ran twice
      expect(modern.stepKeys).toBe(modern.stepRuns);
    }),
    {
      numRuns: Number(process.env['REPLAY_RUNS'] ?? 1000),
      interruptAfterTimeLimit: 400_000,
      markInterruptAsFailure: true,
    },
  );
}, 500_000);
