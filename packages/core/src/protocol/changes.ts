import type { Server, ServerEvent } from '@modelcontextprotocol/server';
import type { TransportName } from '../context/index.js';
import { messageOf } from '../errors/index.js';
import type { Logger } from '../logging/index.js';
import type { ChangeBus } from './change-bus.js';

/** The resources whose updates one legacy client wants to hear of. */
export class Subscriptions {
  /** Made for the first one: most clients subscribe to nothing. */
  private uris: Set<string> | undefined;

  add(uri: string): void {
    this.uris ??= new Set();
    this.uris.add(uri);
  }

  remove(uri: string): void {
    this.uris?.delete(uri);
  }

  has(uri: string): boolean {
    return this.uris?.has(uri) ?? false;
  }
}

/** Who reports what cannot be sent over which transport. */
export interface Reporting {
  readonly log: Logger;
  readonly transport: TransportName;
}

/** Tells a modern server of changes until it closes; it routes each notice to the subscriptions that want it. */
export function forwardChanges(bus: ChangeBus, server: Server, reporting: Reporting): () => void {
  return bus.subscribe(async (event) => {
    try {
      await forward(server, event);
    } catch (error) {
      unsent(reporting, error);
      throw error; // whoever waits until everybody is told has to know
    }
  });
}

/** Reports a notice that could not be sent. */
export function unsent({ log, transport }: Reporting, error: unknown): void {
  log.log('debug', 'a change notice could not be sent', { transport, error: messageOf(error) });
}

/** Sends the notice of a change. */
export async function forward(server: Server, event: ServerEvent): Promise<void> {
  switch (event.kind) {
    case 'tools_list_changed':
      return server.sendToolListChanged();
    case 'prompts_list_changed':
      return server.sendPromptListChanged();
    case 'resources_list_changed':
      return server.sendResourceListChanged();
    case 'resource_updated':
      return server.sendResourceUpdated({ uri: event.uri });
  }
}
