import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { isSpecType } from '@modelcontextprotocol/client';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { Arg, Context, Ctx, McpServer, Server, Tool } from '@reprise/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';
import fc from 'fast-check';
import { compileForm, type Form, type JsonSchema } from '../../src/schema/index.js';
import { accept, clientKinds, type Question, start, textOf } from '../support/clients.js';
import { forgetClasses, randomDtos } from './random-dtos.js';
import { dtoOf, rows } from './rule-rows.js';

// As in a client: formats are checked, ours and no others.
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
(addFormats as unknown as { default?: (on: Ajv2020) => void }).default?.(ajv);

function formOf(dto: new () => object): Form | undefined {
  try {
    return compileForm(dto, undefined, 'here');
  } catch (thrown) {
    expect(['UNSUPPORTED_FORM', 'UNSUPPORTED_TYPE']).toContain((thrown as { code?: string }).code);
    return undefined;
  }
}

/** The checks of both SDKs, on the server's side and on the client's. */
function expectAccepted({ requestedSchema }: Form): void {
  const request = { method: 'elicitation/create', params: { message: 'Who?', requestedSchema } };
  // Nothing may be stripped: what the SDK does not know would be lost on the way.
  expect(ElicitRequestSchema.parse(request).params).toEqual(request.params);
  expect(isSpecType.ElicitRequest(request)).toBe(true);
}

/** As a form asks for it: choices are strings, and so are the numbers among them. */
function asAnswered(field: JsonSchema, value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((item: unknown) => asAnswered((field['items'] ?? {}) as JsonSchema, item));
  const isChoice = 'enum' in field || 'oneOf' in field || 'anyOf' in field;
  return isChoice && typeof value === 'number' ? String(value) : value;
}

const namesChoice = ({ enum: values }: JsonSchema, value: unknown) =>
  Array.isArray(values) && values.includes(value);
const answerable = (value: unknown) => ['string', 'number', 'boolean', 'undefined'].includes(typeof value);
const content = (value: unknown) => (value === undefined ? {} : { value });

const dtos = new Map(Object.entries(rows).map(([name, row]) => [name, dtoOf(row)]));
const forms = new Map(
  [...dtos].flatMap(([name, dto]) => {
    const form = formOf(dto);
    return form === undefined ? [] : [[name, form] as const];
  }),
);

describe('every rule as a field of a form', () => {
  test('only lists and objects have no field', () => {
    expect([...dtos.keys()].filter((name) => !forms.has(name))).toEqual([
      'Allow',
      'IsDefined (any value)',
      'IsArray',
      'ArrayNotEmpty',
      'ArrayMinSize',
      'ArrayMaxSize',
      'ArrayContains',
      'ArrayNotContains',
      'ArrayUnique',
      'IsObject',
      'IsNotEmptyObject',
    ]);
  });

  test.each([...forms])('%s', (_name, form) => {
    expectAccepted(form);
    expect(ajv.validateSchema(form.requestedSchema)).toBe(true);
  });
});

@Server({ name: 'forms', version: '1.0.0' })
class Forms extends McpServer {
  @Tool() async ask(@Arg('rule') rule: string, @Ctx() ctx: Context) {
    const dto = dtos.get(rule);
    if (dto === undefined) return 'no such rule';
    const answer = await ctx.elicit(rule, dto);
    return answer.action === 'accept' && answer.data instanceof dto ? 'accepted' : answer.action;
  }
}

describe.each(clientKinds)('%s asks for each with a real client', (kind) => {
  let server: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    server = await start(new Forms({ logLevel: 'error' }));
  });
  afterAll(() => server.stop());

  test('the form arrives whole, a bad answer is asked again, a good one is an instance', async () => {
    for (const [name, form] of forms) {
      const { good, bad } = rows[name] ?? { good: [], bad: [] };
      const field = (form.requestedSchema['properties'] as { value: JsonSchema }).value;
      // In a form the choices are strings: "1" means 1 there.
      const wrong = bad.filter((value) => answerable(value) && !namesChoice(field, value));
      const answers = [...wrong.slice(0, 1), good[0]];
      const asked: Question[] = [];
      const user = (question: Question) =>
        accept(content(asAnswered(field, answers[asked.push(question) - 1])));
      const client = await server.connect(kind, { user });
      expect([name, textOf(await client.call('ask', { rule: name }))]).toEqual([name, 'accepted']);
      expect(asked.map(({ requestedSchema }) => requestedSchema)).toEqual(
        answers.map(() => form.requestedSchema),
      );
      expect(asked.at(-1)?.message).toMatch(answers.length > 1 ? /cannot be used: value: / : name);
      await client.close();
    }
  }, 120_000);
});

describe('random classes', () => {
  afterEach(forgetClasses);
  const cases = randomDtos(0).chain(({ build, values }) => values.map((value) => ({ build, value })));

  test('become forms that both SDKs accept, and answers agree with the form', async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(cases, async ({ build, value }) => {
        forgetClasses();
        const form = formOf(build());
        if (form === undefined) return;
        seen += 1;
        expectAccepted(form);
        const fields = form.requestedSchema['properties'] as Record<string, JsonSchema>;
        const answer = Object.fromEntries(
          Object.entries(value as object).map(([name, each]) => [name, asAnswered(fields[name] ?? {}, each)]),
        );
        const parsed = await form.parse(answer);
        if (parsed.ok || !ajv.validate(form.requestedSchema, answer)) return;
        // A user who filled in what the form says is refused only where the diagnostics say so.
        const listed = form.runtimeOnly.map(({ path }) => path.replace(/\[\]$/, ''));
        const unlisted = parsed.problems.filter(
          ({ path }) => path in fields && !listed.includes(path.replace(/\[\d+\]$/, '')),
        );
        expect({ unlisted, form: form.requestedSchema }).toMatchObject({ unlisted: [] });
      }),
      { numRuns: 300 },
    );
    expect(seen).toBeGreaterThan(100);
  }, 300_000);
});
