import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  bothEras,
  type ClientKind,
  type Options,
  start,
  textOf,
} from '../../../packages/core/test/support/clients.js';
import { RecordedLog } from '@reprise/testing';
import { Models, withModel } from '../src/models.js';

const logger = new RecordedLog();
const running: { stop(): Promise<unknown> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.stop())));

async function connect(server: Models, kind: ClientKind, options: Options) {
  const started = await start(server);
  running.push(started);
  return started.connect(kind, options);
}

interface Heard {
  authorization: string | undefined;
  body: { model: string; messages: { role: string; content: string }[]; max_tokens: number };
}

/** A service that speaks the chat format and gives these answers; a number is a status. */
async function chatService(...answers: (string | number)[]) {
  const heard: Heard[] = [];
  const server: Server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      heard.push({ authorization: request.headers.authorization, body: JSON.parse(body) as Heard['body'] });
      const answer = answers[heard.length - 1] ?? 500;
      response.statusCode = typeof answer === 'number' ? answer : 200;
      response.end(
        JSON.stringify({
          model: 'stub-1',
          choices: [{ message: { content: answer }, finish_reason: 'stop' }],
        }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  running.push({ stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()) });
  return { url: `http://127.0.0.1:${port}`, heard };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

const say = (text: string) => ({ role: 'assistant', model: 'm', content: { type: 'text', text } });

describe.each(bothEras)('ask the model, %s', (kind) => {
  test('a result', async () => {
    const answers = ['Nice!', '```json\n{"verdict":"Gripping.","stars":4,"readers":"adults"}\n```'];
    const { call } = await connect(new Models({ logger }), kind, { model: () => say(answers.shift() ?? '') });
    expect(textOf(await call('review', { title: 'Tides' }))).toBe('**** Gripping. For adults.');
  });

  test('tools', async () => {
    let turn = 0;
    const model = (params: unknown) => {
      const { messages } = params as { messages: { content: unknown }[] };
      if (turn++ > 0) return say(JSON.stringify(messages.at(-1)?.content));
      const calls = ['pagesOf', 'shelf'].map((name) => ({
        ...{ type: 'tool_use', id: name, name, input: { isbn: '0003' } },
      }));
      return { role: 'assistant', model: 'm', content: calls };
    };
    const { call } = await connect(new Models({ logger }), kind, {
      model,
      capabilities: { sampling: { tools: {} } },
    });
    const answer = textOf(await call('weekend'));
    expect(answer).toContain('198');
    expect(answer).toContain('Shelf 3');
  });

  test('a model of your own, over HTTP, for a client without one', async () => {
    const { url, heard } = await chatService('hm', '{"verdict":"Calm.","stars":5,"readers":"everybody"}');
    const { call } = await connect(new Models({ logger, ...withModel(url, 'k-1') }), kind, {
      capabilities: {},
    });
    expect(textOf(await call('review', { title: 'Tides' }))).toBe('***** Calm. For everybody.');
    expect(heard[0]).toMatchObject({
      authorization: 'Bearer k-1',
      body: { model: 'small', max_tokens: 1024 },
    });
    expect(heard[1]?.body.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
  });

  test('a model of your own that fails', async () => {
    const { url } = await chatService(401);
    const { call } = await connect(new Models({ logger, ...withModel(url, 'wrong') }), kind, {
      capabilities: {},
    });
    expect(textOf(await call('review', { title: 'Tides' }))).toMatch(/^Internal error \(ref \w+\)$/);
    expect(logger.text('error')).toContain('The model answered 401.');
  });
});
