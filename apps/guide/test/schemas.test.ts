import { afterEach, describe, expect, test } from '@jest/globals';
import type { McpServer, McpServerOptions } from '@reprise/core';
import {
  accept,
  bothEras,
  type ClientKind,
  type Question,
  start,
  textOf,
} from '../../../packages/core/test/support/clients.js';
import { RecordedLog } from '@reprise/testing';
import { hints } from '../src/schemas/describing.js';
import { Forms } from '../src/schemas/forms.js';
import { Input } from '../src/input.js';
import { OwnRules } from '../src/schemas/own-rules.js';
import { Sources } from '../src/schemas/sources.js';

const servers: { stop(): Promise<void> }[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

/** A client whose user fills in these forms, in this order; what was asked is kept. */
async function connect(
  Class: new (options?: McpServerOptions) => McpServer,
  kind: ClientKind,
  ...filled: Record<string, unknown>[]
) {
  const started = await start(new Class({ logger: new RecordedLog() }));
  servers.push(started);
  const asked: Question[] = [];
  const user = (question: Question) => accept(filled[asked.push(question) - 1]);
  const connected = await started.connect(kind, { user });
  const { tools } = await connected.client.listTools();
  return {
    ...connected,
    questions: asked,
    fields: () => asked.map(({ requestedSchema }) => requestedSchema?.properties),
    tool: (name: string) => tools.find((tool) => tool.name === name),
    say: async (name: string, args = {}) => textOf(await connected.call(name, args)),
  };
}

const values = (...given: unknown[]) => given.map((value) => ({ value }));

describe.each(bothEras)('%s', (kind) => {
  test('describe your input: variants, unknown properties, groups, results', async () => {
    const { say, tool, call } = await connect(Input, kind);
    expect(tool('remind')?.inputSchema).toMatchObject({ properties: { via: { oneOf: [{}, {}] } } });
    expect(await say('remind', { via: { by: 'letter', address: 'Hill 1' } })).toBe('A letter to Hill 1.');
    expect(await say('remind', { via: { by: 'call', number: '+4712345678' } })).toBe(
      'A call to +4712345678.',
    );
    expect(await say('remind', { via: { by: 'call', address: 'Hill 1' } })).toContain('via.number');
    expect(await say('remind', { via: { by: 'owl' } })).toContain('via');

    expect(tool('find')?.inputSchema).not.toHaveProperty('additionalProperties', false);
    expect(await say('find', { author: 'Ada', colour: 'red' })).toBe('author and colour');

    expect(Object.keys(tool('add')?.inputSchema.properties ?? {})).toEqual(['title', 'pages']);
    expect(tool('change')?.inputSchema.required).toEqual(['id', 'title']);
    expect(await say('add', { title: 'Fog' })).toBe('Fog is new.');
    expect(await say('add', { id: 1, title: 'Fog' })).toContain('- id: is not a known property');
    expect(await say('change', { title: 'Fog' })).toContain('- id: is required');
    expect(await say('change', { id: 3, title: 'Fog', pages: 90 })).toBe('3 is called Fog now.');

    expect(tool('stands')?.outputSchema).toMatchObject({
      properties: { shelf: { enum: ['fiction', 'travel'] } },
    });
    expect(tool('shelve')?.outputSchema).toEqual(tool('stands')?.outputSchema);
    expect((await call('stands', { isbn: '9' })).structuredContent).toEqual({ shelf: 'travel', copies: 2 });
    expect((await call('shelve')).structuredContent).toEqual({ shelf: 'travel', copies: 1 });
  });

  test('ask with a form: a DTO, with what the form cannot carry enforced on the answer', async () => {
    const filled = {
      name: 'Ada',
      email: 'ada@example.org',
      guests: 2,
      extras: ['tea', 'map'],
      card: 'l-1234',
    };
    const { say, fields, questions } = await connect(Forms, kind, { ...filled, card: '1234' }, filled);
    expect(await say('visit')).toBe('Ada, 2 guests, tea and map, true');
    expect(fields()[0]).toEqual({
      name: { type: 'string', title: 'Full name' },
      email: { type: 'string', format: 'email', title: 'E-mail', description: 'An email address.' },
      guests: { type: 'integer', minimum: 1, maximum: 6, default: 1 },
      when: { type: 'string', enum: ['morning', 'evening'] },
      extras: { type: 'array', maxItems: 2, items: { type: 'string', enum: ['tea', 'map', 'guide'] } },
      card: { type: 'string', description: 'L- and four digits' },
    });
    expect(questions[1]?.message).toMatch(/cannot be used: card: /);
  });

  test('ask with a form: one value', async () => {
    const { say, fields } = await connect(Forms, kind, ...values('Fog', 2, 1.5, true));
    expect(await say('scalars')).toBe('Fog, 2, 1.5, true');
    expect(fields()).toEqual([
      { value: { type: 'string', title: 'Title' } },
      { value: { type: 'integer' } },
      { value: { type: 'number' } },
      { value: { type: 'boolean' } },
    ]);
  });

  test('ask with a form: one choice', async () => {
    const { say, fields } = await connect(Forms, kind, ...values('window', 'slow', '1', 'room-l'));
    expect(await say('one')).toBe('window, slow, true, true');
    const titled = (...choices: [string, string][]) => ({
      value: { type: 'string', oneOf: choices.map(([value, title]) => ({ const: value, title })) },
    });
    expect(fields()).toEqual([
      { value: { type: 'string', enum: ['window', 'stairs'] } },
      titled(['slow', 'Within a week'], ['fast', 'Today']),
      titled(['0', 'Ground'], ['1', 'First']),
      titled(['room-q', 'Quiet'], ['room-l', 'Loud']),
    ]);
  });

  test('ask with a form: several choices', async () => {
    const given = values(['Friday'], ['tea', 'cake', 'soup'], ['soup'], []);
    const { say, fields, questions } = await connect(Forms, kind, ...given);
    expect(await say('several')).toBe('Friday, soup, ');
    expect(questions[2]?.message).toMatch(/cannot be used: value: must have at most 2/);
    expect(fields()[1]).toEqual({
      value: {
        type: 'array',
        items: { type: 'string', enum: ['tea', 'cake', 'soup'] },
        minItems: 1,
        maxItems: 2,
      },
    });
  });

  test('your own rules are shown and enforced', async () => {
    const { say, tool, questions } = await connect(
      OwnRules,
      kind,
      { isbn: '9780306406158' },
      { isbn: '9780306406157' },
    );
    const properties = (name: string) => tool(name)?.inputSchema.properties;
    expect(properties('move')).toEqual({ to: { type: 'string', pattern: '^[A-Z]{2}\\d{3}$' } });
    expect(properties('pay')).toEqual({ cents: { type: 'number', multipleOf: 5 } });
    expect(properties('lookUp')).toEqual({
      isbn: {
        type: 'string',
        pattern: '^\\d{13}$',
        description: 'An ISBN without dashes; the last digit is a check digit.',
      },
    });
    expect(await say('move', { to: 'AB123' })).toBe('Moved to AB123.');
    expect(await say('move', { to: 'B1' })).toContain('- to: must be a shelf mark such as AB123');
    expect(await say('pay', { cents: 15 })).toBe('Paid 15 cents.');
    expect(await say('pay', { cents: 12 })).toContain('- cents: must be a multiple of 5');
    expect(await say('lookUp', { isbn: '9780306406158' })).toContain('the last of which is right');
    expect(await say('scan')).toBe('Scanned 9780306406157.');
    expect(questions).toHaveLength(2);
  });

  test('TypeBox, zod, valibot and arktype', async () => {
    const { say, tool, call, client, fields } = await connect(
      Sources,
      kind,
      { name: 'Ada', email: 'ada' },
      { name: 'Ada', email: 'ada@example.org' },
    );
    expect(tool('lend')?.inputSchema).toMatchObject({
      properties: { weeks: { type: 'integer', minimum: 1, maximum: 8, default: 4 } },
      required: ['isbn'],
    });
    expect(await say('lend', { isbn: '1' })).toBe('1 for 4 weeks');
    expect(await say('lend', { isbn: '1', weeks: 9 })).toMatch(/^Invalid arguments for lend:\n- weeks: /);
    expect(tool('review')?.inputSchema).toMatchObject({
      properties: { stars: { description: '5 is best' } },
    });
    expect(await say('review', { stars: 5, text: ' Good ' })).toBe('5 stars (en): Good');
    expect(await say('search', { words: 'fog' })).toBe('10 books with fog');
    expect(await say('search', { words: 'fog', limit: 1.5 })).toMatch(/- limit: /);
    const { messages } = await client.getPrompt({
      name: 'plan',
      arguments: { author: 'Ada', evenings: '3' },
    });
    expect(messages[0]?.content).toMatchObject({ text: 'Plan 3 evenings with books by Ada.' });
    expect(await say('join')).toBe('Welcome, Ada. Books come by desk.');
    expect(fields()[1]).toMatchObject({ name: { title: 'Full name' }, email: { format: 'email' } });
    expect((await call('card')).structuredContent).toEqual({ title: 'The Lighthouse', pages: 212 });
  });
});

test('describe() tells what the schema does not', async () => {
  expect(await hints(new OwnRules())).toEqual([
    'move, to: UNDESCRIBED_PROPERTY',
    'pay, cents: UNDESCRIBED_PROPERTY',
    'lookUp, isbn: the schema does not say all of Isbn13',
  ]);
});
