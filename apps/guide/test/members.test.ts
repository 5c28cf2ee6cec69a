import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  accept,
  bothEras,
  type ClientKind,
  start,
  textOf,
} from '../../../packages/core/test/support/clients.js';
import { RecordedLog } from '@reprise/testing';
import { Members } from '../src/members.js';

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, root)), 'utf8');

const running: { stop(): Promise<unknown> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.stop())));

async function connect(kind: ClientKind) {
  const started = await start(new Members({ logger: new RecordedLog() }));
  running.push(started);
  return started.connect(kind, {
    user: ({ message }) => accept(message.startsWith('Who') ? { name: 'Ada' } : {}),
  });
}

describe('the table of the members', () => {
  const rows = read('docs/guide/context.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));

  test('names every member of Context, and no other', () => {
    const context = read('packages/core/src/context/context.ts');
    const members = [...context.matchAll(/^ {2}abstract (?:readonly )?(\w+)/gm)].map(([, name = '']) => name);
    const named = rows.flatMap(([, member = '']) =>
      [...member.matchAll(/`(\w+)[^`]*`/g)].map(([, name = '']) => name),
    );
    expect(members.length).toBeGreaterThan(40);
    expect(named.filter((name) => name !== 'Context' && name !== 'runWithContext').toSorted()).toEqual(
      [...new Set(members)].toSorted(),
    );
  });

  test('has examples of code that runs', () => {
    const code = read('apps/guide/src/members.ts');
    const examples = rows.map(([, , , example = '']) => example.replaceAll('`', ''));
    expect(examples.length).toBeGreaterThan(30);
    expect(examples.filter((example) => example === '' || !code.includes(example))).toEqual([]);
  });
});

describe.each(bothEras)('%s: every member once', (kind) => {
  test('asking', async () => {
    const { call } = await connect(kind);
    expect(JSON.parse(textOf(await call('asking')))).toEqual([
      { action: 'accept', data: { name: 'Ada' } },
      { action: 'accept' },
      true,
      'sampled',
      'file:///work',
      { paid: 12 },
    ]);
  });

  test('calling and listing', async () => {
    const { call } = await connect(kind);
    const [tool, resource, prompt, ...counts] = JSON.parse(textOf(await call('calling'))) as object[];
    expect(tool).toMatchObject({
      structuredContent: { app: '2026-03-01', request: 'tools/call facts, round 1' },
    });
    expect(resource).toMatchObject({ contents: [{ text: 'Open as usual.' }] });
    expect(prompt).toHaveProperty('messages');
    expect(counts).toEqual([6, 1, 0, 1]);
  });

  test('telling', async () => {
    const { call, client, logs } = await connect(kind);
    const updated = new Promise<void>((resolve) =>
      client.setNotificationHandler('notifications/tools/list_changed', () => resolve()),
    );
    if (kind === 'v2-modern') await client.listen({ toolsListChanged: true });
    const ticks: unknown[] = [];
    expect((await call('telling', {}, { onprogress: (tick) => ticks.push(tick) })).isError).toBeUndefined();
    await updated;
    expect(ticks).toEqual([{ progress: 2, total: 10, message: 'Dusting' }]);
    expect(logs).toHaveLength(kind === 'v2-modern' ? 0 : 9);
  });

  test('facts', async () => {
    const { call } = await connect(kind);
    const { structuredContent } = await call('facts');
    expect(structuredContent).toMatchObject({
      aborted: false,
      server: true,
      era: kind === 'v2-modern' ? 'stateless' : 'with sessions',
      protocolVersion: true,
      transport: 'remote',
      client: true,
      clientId: kind,
      principal: 'nobody',
      http: 'en',
    });
  });

  test('keeping, and below the handler', async () => {
    const { call } = await connect(kind);
    expect((await call('keeping')).structuredContent).toEqual({ shelf: 'sea', read: 0 });
    expect(textOf(await call('below'))).toBe('true');
  });
});
