import {
  Client,
  type ClientOptions,
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Transport,
} from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { isNativeError } from 'node:util/types';
import { CommandError } from '../command-error.js';
import type { Surroundings } from '../surroundings.js';
import { nameOf, type Target } from './target.js';

export type Era = 'legacy' | 'modern' | 'auto';

export interface ConnectOptions {
  readonly era: Era;
  /** Sent with every HTTP request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly capabilities: NonNullable<ClientOptions['capabilities']>;
  /** Sets handlers before the first message comes. */
  readonly prepare?: (client: Client) => void;
}

const answerWithin = 15_000;

const negotiation: Record<Era, ClientOptions['versionNegotiation']> = {
  legacy: { mode: 'legacy' },
  modern: { mode: { pin: '2026-07-28' } },
  auto: { mode: 'auto' },
};

/**
 * Connects a real client of the SDK. A program over stdio gets the whole environment, as if it was started by hand, and
 * its stderr is ours. Throws CommandError when nobody answers within 15 seconds, with what to do about it.
 */
export async function connect(
  target: Target,
  options: ConnectOptions,
  around: Surroundings,
): Promise<Client> {
  const client = new Client(
    { name: 'reprise-cli', version: '0.1.0' },
    {
      capabilities: options.capabilities,
      versionNegotiation: negotiation[options.era],
      inputRequired: { maxRounds: 100 },
    },
  );
  options.prepare?.(client);
  try {
    await client.connect(open(target, options.headers, around), { timeout: answerWithin });
    return client;
  } catch (cause) {
    await client.close().catch(() => {}); // what was not opened need not close
    throw unreachable(target, options.era, cause);
  }
}

/** Ends a session at the server too, where there is one. */
export async function disconnect(client: Client): Promise<void> {
  const { transport } = client;
  if (transport instanceof StreamableHTTPClientTransport) await transport.terminateSession().catch(() => {});
  await client.close();
}

function open(target: Target, headers: ConnectOptions['headers'], { cwd, env }: Surroundings): Transport {
  switch (target.kind) {
    case 'stdio':
      return new StdioClientTransport({
        command: target.command,
        args: [...target.args],
        cwd,
        env,
        stderr: 'inherit',
      });
    case 'sse':
      return new SSEClientTransport(target.url, { requestInit: { headers } });
    case 'http':
      return new StreamableHTTPClientTransport(target.url, { requestInit: { headers } });
  }
}

function unreachable(target: Target, era: Era, cause: unknown): CommandError {
  const reason = reasonOf(cause);
  return new CommandError(`No connection to ${nameOf(target)}: ${reason}`, adviceFor(target, era, reason), {
    cause,
  });
}

function adviceFor(target: Target, era: Era, reason: string): string {
  if (/\b401\b|unauthorized/i.test(reason)) return "Give a token: --header 'authorization: Bearer …'";
  if (era === 'modern') return 'See whether it speaks 2026-07-28: try --era auto.';
  if (target.kind === 'stdio')
    return 'See above what it printed. A server that listens on a port is started first and named by its URL.';
  return 'See that the server runs, and that the URL has its path (/mcp, or /sse).';
}

/** fetch hides what happened in a cause; a failure of two addresses hides it in several. */
function reasonOf(thrown: unknown): string {
  if (!isNativeError(thrown)) return String(thrown);
  const { cause, message } = thrown;
  if (typeof cause === 'object' && cause !== null && 'code' in cause)
    return `${message} (${String(cause.code)})`;
  return message;
}
