import { afterEach, describe, expect, test } from '@jest/globals';
import { bothEras, type Options, start, textOf } from '../../../packages/core/test/support/clients.js';
import { RecordedLog } from '@reprise/testing';
import { guarded } from '../src/middleware.js';

const running: { stop(): Promise<unknown> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.stop())));

describe.each(bothEras)('the page on middleware, %s', (kind) => {
  const staff: Options = { auth: { token: 't', clientId: 'desk', scopes: ['staff'], extra: { sub: 'ada' } } };

  async function connect(options: Options = {}, isOpen = true) {
    const logger = new RecordedLog();
    const started = await start(guarded({ logger, devCheck: false }, () => isOpen));
    running.push(started);
    return { ...(await started.connect(kind, options)), logger };
  }

  test('a guard, and a list without what it guards', async () => {
    const guest = await connect();
    expect((await guest.client.listTools()).tools.map(({ name }) => name)).toEqual(['search', 'card']);
    expect(await guest.call('discard', { isbn: '0001' })).toMatchObject({
      isError: true,
      content: [{ text: 'Only the staff may do that. Ask at the desk.' }],
    });
    const desk = await connect(staff);
    expect((await desk.client.listTools()).tools).toHaveLength(3);
    expect(textOf(await desk.call('discard', { isbn: '0001' }))).toBe('0001 is gone.');
    expect(desk.asked).toEqual(['Throw 0001 away?']);
    expect(desk.logger.lines.filter(({ message }) => message === 'asked for')).toHaveLength(2);
  });

  test('the cache, and the state that middleware shares', async () => {
    const { call, logger } = await connect();
    expect(textOf(await call('search', { author: 'Ada' }))).toBe(
      textOf(await call('search', { author: 'Ada' })),
    );
    expect(textOf(await call('card'))).toBe('guest');
    expect(logger.text('info')).toContain('tools/call search');
  });

  test('closed at night', async () => {
    const notice = { uri: 'library://notice' };
    expect((await (await connect()).client.readResource(notice)).contents).toMatchObject([
      { text: 'Open from nine.' },
    ]);
    const { client } = await connect({}, false);
    await expect(client.readResource(notice)).rejects.toMatchObject({
      code: -32050,
      data: { opens: '09:00' },
    });
  });
});
