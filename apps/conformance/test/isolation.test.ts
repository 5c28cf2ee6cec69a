import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { ComponentClass, Context, McpServer } from '@reprise/core';
import { streamableHttp } from '@reprise/transport-streamable-http';
import { IsString } from 'class-validator';
import { Everything } from '../src/everything.js';
import { AskingTools } from '../src/tools/asking-tools.js';
import { RoundTools } from '../src/tools/round-tools.js';
import { type Era, Visitor } from './support/visitor.js';

const eras: Era[] = ['legacy', 'modern'];
const visitors = 8;
const rounds = 2;

/** All that reached the wrong client while many looked around at once. */
async function straysOf(server: McpServer, era: Era): Promise<string[]> {
  const transport = streamableHttp({ port: 0 });
  await server.start(transport);
  try {
    // the port is known: it has started
    const url = transport.address as string;
    const names = Array.from({ length: visitors }, (_, n) => `visitor-${String.fromCharCode(97 + n)}`);
    const all = await Promise.all(names.map((name) => Visitor.arrive(url, name, era)));
    for (let round = 0; round < rounds; round++)
      await Promise.all(all.map((visitor) => visitor.lookAround()));
    await Promise.all(all.map((visitor) => visitor.leave()));
    return all.flatMap(({ strays }) => strays);
  } finally {
    await server.stop();
  }
}

class Name {
  @IsString() name!: string;
}

class Color {
  @IsString() color!: string;
}

/** Keeps the first name it hears, for everybody. */
class RemembersTheFirst extends RoundTools {
  #name: string | undefined;

  override async test_input_required_result_multi_round(ctx: Context): Promise<string> {
    const first = await ctx.elicit('Step 1: What is your name?', Name, { required: true });
    this.#name ??= first.data.name;
    const second = await ctx.elicit('Step 2: What is your favorite color?', Color, { required: true });
    return `${this.#name} likes ${second.data.color}.`;
  }
}

/** Keeps what was asked for in a field while it does something else. */
class KeepsTheRequest extends AskingTools {
  #message = '';

  override async test_elicitation({ message }: { message: string }, ctx: Context): Promise<string> {
    this.#message = message;
    await delay(20);
    return super.test_elicitation({ message: this.#message }, ctx);
  }
}

/** The fixture, with another instance where it would make one of `cls`. */
function withInstead<T extends object>(cls: new () => T, instance: T): Everything {
  const get = (wanted: ComponentClass): object => (wanted === cls ? instance : new wanted());
  // its errors are expected
  return new Everything({ logger: { log: () => {} }, container: { get } });
}

describe.each(eras)('many %s clients at once', (era) => {
  test('see nothing of each other', async () => {
    expect(await straysOf(new Everything({ logLevel: 'error' }), era)).toEqual([]);
  });

  test('are seen to leak where a handler keeps the first answer for all', async () => {
    const strays = await straysOf(withInstead(RoundTools, new RemembersTheFirst()), era);
    expect(strays).toContainEqual(expect.stringMatching(/multi_round: "visitor-. likes .*" is not of/));
  });

  test('are seen to leak where a handler keeps its request in a field', async () => {
    const strays = await straysOf(withInstead(AskingTools, new KeepsTheRequest()), era);
    expect(strays).toContainEqual(expect.stringMatching(/question: "visitor-. asks" is not of/));
  });
});
