import { Client, type JSONRPCMessage } from '@modelcontextprotocol/client';
import type { AuthInfo, InMemoryTransport } from '@modelcontextprotocol/server';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { McpServer } from '@reprise/core';
import { MemoryTransport } from './memory-transport.js';

export interface Question {
  message: string;
  mode?: string;
  url?: string;
  requestedSchema?: { properties: Record<string, Record<string, unknown>>; required?: string[] };
}

export type Answer = { action: 'accept' | 'decline' | 'cancel'; content?: Record<string, unknown> };

/** The person in front of the client. */
export type User = (question: Question) => Answer | Promise<Answer>;

export type ClientKind = 'v1' | 'v2-legacy' | 'v2-modern';
export const clientKinds: readonly ClientKind[] = ['v1', 'v2-legacy', 'v2-modern'];
export const bothEras: readonly ClientKind[] = ['v2-legacy', 'v2-modern'];

export interface Options {
  user?: User;
  capabilities?: Record<string, unknown>;
  model?: (params: unknown) => unknown;
  /** What an HTTP edge would have found in the access token. */
  auth?: AuthInfo;
}

export interface Connected {
  call(name: string, args?: Record<string, unknown>, options?: CallOptions): Promise<ToolAnswer>;
  /** A v1 client is typed as a v2 one: the methods that tests call exist in both. */
  client: Client;
  /** Messages of the questions that reached the user, in order of arrival. */
  asked: string[];
  /** Most questions that were open at once. */
  mostAtOnce(): number;
  logs: { level: string; data: unknown; logger?: string }[];
  /** Every message of the connection once it was made, in order, as JSON-RPC. */
  wire: { from: 'client' | 'server'; message: JSONRPCMessage }[];
  /** How many requests of a method the client sent. */
  sent(method: string): number;
  close(): Promise<void>;
}

export interface CallOptions {
  signal?: AbortSignal;
  onprogress?: (progress: { progress: number; total?: number; message?: string }) => void;
}

export interface ToolAnswer {
  content: { type: string; text?: string }[];
  structuredContent?: unknown;
  isError?: boolean;
}

export const accept = (content: Record<string, unknown> = {}): Answer => ({ action: 'accept', content });

export function textOf(answer: ToolAnswer): string {
  return answer.content.map((block) => block.text ?? '').join('');
}

/** Starts a server in this process; `stop()` it when done. */
export async function start(server: McpServer) {
  const transport = new MemoryTransport();
  await server.start(transport);
  return {
    connect: (kind: ClientKind, options: Options = {}) =>
      connect(transport.connect(options.auth), kind, options),
    raw: () => transport.connect(),
    stop: () => server.stop(),
  };
}

async function connect(pipe: InMemoryTransport, kind: ClientKind, options: Options): Promise<Connected> {
  const asked: string[] = [];
  const logs: Connected['logs'] = [];
  const methods: string[] = [];
  const wire: Connected['wire'] = [];
  let open = 0;
  let most = 0;
  const user = async (question: Question) => {
    asked.push(question.message);
    most = Math.max(most, ++open);
    await new Promise((resolve) => setImmediate(resolve));
    try {
      return await (options.user ?? (() => accept()))(question);
    } finally {
      open--;
    }
  };
  const send = pipe.send.bind(pipe);
  pipe.send = (message, sendOptions) => {
    if ('method' in message) methods.push(message.method);
    wire.push({ from: 'client', message });
    return send(message, sendOptions);
  };
  const client = kind === 'v1' ? clientV1(options, user, logs) : clientV2(kind, options, user, logs);
  await client.connect(pipe as never); // both SDKs' Transport types describe the same pipe
  const receive = pipe.onmessage;
  pipe.onmessage = (message, extra) => {
    wire.push({ from: 'server', message });
    receive?.(message, extra);
  };
  return {
    client: client as Client, // see Connected
    asked,
    logs,
    wire,
    mostAtOnce: () => most,
    sent: (method) => methods.filter((sent) => sent === method).length,
    close: () => client.close(),
    call: async (name, args = {}, callOptions = {}) => {
      const params = { name, arguments: args };
      const answer =
        client instanceof ClientV1
          ? await client.callTool(params, undefined, callOptions)
          : await client.callTool(params, callOptions);
      return answer as unknown as ToolAnswer; // the two SDKs type one wire shape differently
    },
  };
}

const everything = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };
const sampled = (text: string) => ({
  role: 'assistant',
  model: 'test-model',
  content: { type: 'text', text },
});

function clientV1(options: Options, user: User, logs: Connected['logs']): ClientV1 {
  const capabilities = options.capabilities ?? everything;
  const client = new ClientV1({ name: 'v1', version: '1' }, { capabilities: capabilities as never });
  if ('elicitation' in capabilities)
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => user(params as Question) as never);
  if ('sampling' in capabilities)
    client.setRequestHandler(
      CreateMessageRequestSchema,
      ({ params }) => (options.model?.(params) ?? sampled('sampled')) as never,
    );
  if ('roots' in capabilities)
    client.setRequestHandler(ListRootsRequestSchema, () => ({
      roots: [{ uri: 'file:///work', name: 'work' }],
    }));
  client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => void logs.push(params));
  return client;
}

function clientV2(kind: ClientKind, options: Options, user: User, logs: Connected['logs']): Client {
  const capabilities = options.capabilities ?? everything;
  const client = new Client(
    { name: kind, version: '1' },
    {
      capabilities: capabilities as never,
      inputRequired: { maxRounds: 1000 },
      ...(kind === 'v2-modern' && { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
    },
  );
  if ('elicitation' in capabilities)
    client.setRequestHandler('elicitation/create', ({ params }) => user(params as Question) as never);
  if ('sampling' in capabilities)
    client.setRequestHandler(
      'sampling/createMessage',
      ({ params }) => (options.model?.(params) ?? sampled('sampled')) as never,
    );
  if ('roots' in capabilities)
    client.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///work', name: 'work' }] }));
  client.setNotificationHandler('notifications/message', ({ params }) => void logs.push(params as never));
  return client;
}
