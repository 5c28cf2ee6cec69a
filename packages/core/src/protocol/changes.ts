import type { Server, ServerEvent } from '@modelcontextprotocol/server';
import type { ChangeBus } from './change-bus.js';

/** The resources whose updates one legacy client wants to hear of. */
export class Subscriptions {
  private readonly uris = new Set<string>();

  add(uri: string): void {
    this.uris.add(uri);
  }

  remove(uri: string): void {
    this.uris.delete(uri);
  }

  has(uri: string): boolean {
    return this.uris.has(uri);
  }
}

/**
 * Tells a long-lived server of changes until it closes. Modern servers route each notice to the subscriptions that
 * want it; legacy ones send list changes to everybody and updates to those who subscribed.
 */
export function forwardChanges(
  bus: ChangeBus,
  server: Server,
  wants: (uri: string) => boolean,
  onError: (error: unknown) => void,
): () => void {
  return bus.subscribe(async (event) => {
    if (event.kind === 'resource_updated' && !wants(event.uri)) return;
    try {
      await forward(server, event);
    } catch (error) {
      onError(error);
      throw error; // whoever waits until everybody is told has to know
    }
  });
}

async function forward(server: Server, event: ServerEvent): Promise<void> {
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
