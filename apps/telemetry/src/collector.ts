import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ArrivedPoint, type ArrivedSpan, pointsIn, spansIn } from './otlp.js';

/** What has arrived at a collector. */
export interface Collected {
  spans: ArrivedSpan[];
  points: ArrivedPoint[];
}

export interface Collector extends Collected {
  readonly url: string;
  close(): Promise<void>;
}

/** Takes in OTLP as JSON over HTTP, as a real collector does, and keeps it. Metrics are cumulative: the last word counts. */
export async function startCollector(): Promise<Collector> {
  const collected: Collected = { spans: [], points: [] };
  const server = createServer((request, response) => {
    readJson(request).then(
      (body) => {
        // the SDK's exporter wrote it
        if (request.url === '/v1/traces') collected.spans.push(...spansIn(body as object));
        if (request.url === '/v1/metrics') collected.points = pointsIn(body as object);
        response.setHeader('content-type', 'application/json').end('{}');
      },
      () => response.writeHead(400).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    get spans() {
      return collected.spans;
    },
    get points() {
      return collected.points;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
