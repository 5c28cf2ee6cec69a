import type { Client } from '@modelcontextprotocol/client';
import type { AuthInfo } from '@modelcontextprotocol/server';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { McpServer } from '@reprise/core';
import {
  type Answer as Scripted,
  type ModelAnswer,
  serve,
  type Served,
  type WireMessage,
} from '@reprise/testing';

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
  wire: readonly WireMessage[];
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
  const served = await serve(server);
  return {
    connect: (kind: ClientKind, options: Options = {}) =>
      kind === 'v1' ? connectV1(served, options) : connectV2(served, kind, options),
    raw: () => served.pipe(),
    stop: () => served.stop(),
  };
}

/** The person in front of a client, watched. */
function watched({ user = () => accept() }: Options) {
  const asked: string[] = [];
  let open = 0;
  let most = 0;
  return {
    asked,
    mostAtOnce: () => most,
    async answer(question: Question): Promise<Answer> {
      asked.push(question.message);
      most = Math.max(most, ++open);
      await new Promise((resolve) => setImmediate(resolve));
      try {
        return await user(question);
      } finally {
        open--;
      }
    },
  };
}

async function connectV2(served: Served, kind: ClientKind, options: Options): Promise<Connected> {
  const { answer, ...seen } = watched(options);
  const logs: Connected['logs'] = [];
  const joined = await served.connect({
    era: kind === 'v2-modern' ? 'modern' : 'legacy',
    info: { name: kind, version: '1' },
    capabilities: (options.capabilities ?? everything) as never,
    ...(options.auth && { principal: principalIn(options.auth) }),
  });
  const client = joined.sdk;
  joined.answers(({ params }) => answer(params as Question) as Promise<Scripted>);
  joined.model((request) => (options.model?.(request) ?? sampled('sampled')) as ModelAnswer);
  client.setNotificationHandler('notifications/message', ({ params }) => void logs.push(params as never));
  return {
    ...{ ...seen, client, logs, wire: joined.wire },
    sent: (method) => sentOf(joined.wire, method),
    close: () => client.close(),
    call: async (name, args = {}, callOptions = {}) =>
      (await client.callTool({ name, arguments: args }, callOptions)) as unknown as ToolAnswer, // see ToolAnswer
  };
}

async function connectV1(served: Served, options: Options): Promise<Connected> {
  const { answer, ...seen } = watched(options);
  const logs: Connected['logs'] = [];
  const wire: WireMessage[] = [];
  const pipe = served.pipe(options.auth && principalIn(options.auth));
  const client = clientV1(options, answer, logs);
  const send = pipe.send.bind(pipe);
  pipe.send = (message, sendOptions) => {
    wire.push({ from: 'client', message });
    return send(message, sendOptions);
  };
  await client.connect(pipe as never); // both SDKs' Transport types describe the same pipe
  const receive = pipe.onmessage;
  pipe.onmessage = (message, extra) => {
    wire.push({ from: 'server', message });
    receive?.(message, extra);
  };
  return {
    ...{ ...seen, logs, wire },
    client: client as unknown as Client, // see Connected
    sent: (method) => sentOf(wire, method),
    close: () => client.close(),
    call: async (name, args = {}, callOptions = {}) =>
      (await client.callTool({ name, arguments: args }, undefined, callOptions)) as unknown as ToolAnswer, // see ToolAnswer
  };
}

const principalIn = ({ token, clientId, scopes, extra }: AuthInfo) => ({
  token,
  clientId,
  scopes,
  ...(extra && { claims: extra }),
});

function sentOf(wire: readonly WireMessage[], method: string): number {
  return wire.filter(
    ({ from, message }) => from === 'client' && 'method' in message && message.method === method,
  ).length;
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
