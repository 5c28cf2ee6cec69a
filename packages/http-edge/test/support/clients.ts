import { Client as ClientV2, type Transport as TransportV2 } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport as TransportV1 } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

export type ClientKind = 'v1' | 'v2 legacy' | 'v2 modern';

/** What the tests do with a client of either SDK. */
export interface TestClient {
  readonly errors: string[];
  call(
    name: string,
    args?: Record<string, unknown>,
    options?: { onprogress?: (tick: { progress: number }) => void; signal?: AbortSignal },
  ): Promise<string>;
  onToolsChanged(heard: () => void): Promise<void>;
  close(): Promise<void>;
}

export interface Dial {
  readonly v1: () => TransportV1;
  readonly v2: () => TransportV2;
}

const info = { name: 'test', version: '1.0.0' };
const capabilities = { elicitation: {} };
const answer = { action: 'accept' as const, content: { name: 'Ada' } };

/** A real client, connected. It answers every question with Ada. */
export function connectClient(kind: ClientKind, dial: Dial): Promise<TestClient> {
  return kind === 'v1' ? connectV1(dial.v1()) : connectV2(dial.v2(), kind === 'v2 modern');
}

async function connectV1(transport: TransportV1): Promise<TestClient> {
  const client = new ClientV1(info, { capabilities });
  const errors: string[] = [];
  client.onerror = (error) => void errors.push(error.message);
  client.setRequestHandler(ElicitRequestSchema, () => answer);
  await client.connect(transport);
  return {
    errors,
    call: async (name, args, options) =>
      textOf(await client.callTool({ name, arguments: args ?? {} }, undefined, options)),
    onToolsChanged(heard) {
      client.fallbackNotificationHandler = async ({ method }) => {
        if (method === 'notifications/tools/list_changed') heard();
      };
      return Promise.resolve();
    },
    close: () => client.close(),
  };
}

async function connectV2(transport: TransportV2, modern: boolean): Promise<TestClient> {
  const versionNegotiation = modern ? ({ mode: { pin: '2026-07-28' } } as const) : undefined;
  const client = new ClientV2(info, { capabilities, ...(versionNegotiation && { versionNegotiation }) });
  const errors: string[] = [];
  client.onerror = (error) => void errors.push(error.message);
  client.setRequestHandler('elicitation/create', () => answer);
  await client.connect(transport);
  return {
    errors,
    call: async (name, args, options) =>
      textOf(await client.callTool({ name, arguments: args ?? {} }, options)),
    async onToolsChanged(heard) {
      client.setNotificationHandler('notifications/tools/list_changed', heard);
      if (modern) await client.listen({ toolsListChanged: true });
    },
    close: () => client.close(),
  };
}

function textOf({ content }: { [field: string]: unknown }): string {
  const [first] = Array.isArray(content) ? content : [];
  return String(first?.text);
}
