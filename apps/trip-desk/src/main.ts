import { fileURLToPath } from 'node:url';
import { RepriseError } from '@reprise/core';
import type { Transport } from '@reprise/core/transport';
import { type Arguments, readArguments, usage } from './arguments.js';
import { howToReach } from './how-to-reach.js';
import { TripDesk } from './trip-desk.js';

const exitCodes = { failed: 1, misused: 2 };

await main();

async function main(): Promise<void> {
  const asked = understand(process.argv.slice(2));
  if (asked === undefined) return;
  try {
    const transport = await open(asked);
    await new TripDesk({ logLevel: 'warning' }).start(transport);
    const text = howToReach(asked.transport, transport.address, fileURLToPath(import.meta.url));
    // on stdio, stdout belongs to the protocol
    if (asked.transport === 'stdio') console.error(text);
    else console.log(text);
  } catch (error) {
    if (!(error instanceof RepriseError)) throw error;
    console.error(error.message);
    process.exitCode = exitCodes.failed;
  }
}

function understand(line: readonly string[]): Arguments | undefined {
  try {
    const asked = readArguments(line);
    if (asked !== 'help') return asked;
    console.error(usage);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`); // readArguments throws nothing else
    process.exitCode = exitCodes.misused;
  }
  return undefined;
}

/** Loads the transport that is asked for and no other: each costs start-up time. */
async function open({ transport, port }: Arguments): Promise<Transport> {
  switch (transport) {
    case 'stdio':
      return (await import('@reprise/transport-stdio')).stdio();
    case 'sse':
      return (await import('@reprise/transport-sse')).sse({ port });
    case 'streamable-http':
      return (await import('@reprise/transport-streamable-http')).streamableHttp({ port });
  }
}
