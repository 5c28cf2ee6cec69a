import { streamableHttp } from '@reprise/transport-streamable-http';
import { callFrom } from './caller.js';
import { type Collected, startCollector } from './collector.js';
import { ObservedDesk } from './desk.js';
import { startSdk } from './sdk.js';

/** Serves a client of each era while the SDK exports to a collector in this process; what arrived there. */
export async function tellStory(): Promise<Collected> {
  const collector = await startCollector();
  const sdk = startSdk(collector.url);
  const transport = streamableHttp({ port: 0, signals: false });
  const desk = await new ObservedDesk({ logLevel: 'warning', state: { keys: ['k'.repeat(32)] } }).start(
    transport,
  );
  for (const era of ['legacy', 'modern'] as const) await callFrom(era, transport.address);
  await desk.stop();
  await sdk.shutdown();
  await collector.close();
  return { spans: collector.spans, points: collector.points };
}
