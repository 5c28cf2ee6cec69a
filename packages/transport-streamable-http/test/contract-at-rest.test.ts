import { setTimeout as delay } from 'node:timers/promises';
import { StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, expect } from '@jest/globals';
import { ContractServer, describeTransportContract, httpEndpoint } from '@reprise/transport-contract';
import { streamableHttp } from '@reprise/transport-streamable-http';
import { Watched } from './support/watched.js';
import { withoutStream } from './support/without-stream.js';

/** Longer than it takes an idle session to be put to rest. In milliseconds. */
const pause = 25;

/** So every message of a client finds its session at rest, unless a call runs. */
const unhurried: typeof fetch = async (input, init) => {
  await delay(pause);
  return withoutStream(input, init);
};

const needsStream = 'wants a stream beside the calls, and a session that has one does not rest';
let rests = 0;

describeTransportContract('Streamable HTTP, its sessions at rest between the messages', {
  clients: ['v1', 'v2 legacy'],
  skips: {
    'tells every client of a tool that is disabled, hides and refuses it, and offers it again': needsStream,
    'tells of changes to those who want to know, and nothing else': needsStream,
  },
  async start(journalFile) {
    const server = new ContractServer(journalFile);
    const transport = new Watched(streamableHttp({ port: 0, signals: false, sessionRest: 1 }));
    await server.start(transport);
    const endpoint = httpEndpoint(server, transport, {
      v1: (url) => new HttpV1(url, { fetch: unhurried }),
      v2: (url) => new HttpV2(url, { fetch: unhurried }),
    });
    const stop = async (): Promise<void> => {
      await endpoint.stop();
      rests += transport.servers.length;
    };
    return { ...endpoint, stop };
  },
});

afterAll(() => expect(rests).toBeGreaterThan(100));
