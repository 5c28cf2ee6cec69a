import type { ComponentClass } from '../metadata/index.js';

/**
 * Names of tools and prompts, URIs and URI templates of resources; or tags, for all that carry one of them.
 * A name that belongs to a tool and a prompt means both.
 */
export type ComponentSelection = string | readonly string[] | { readonly tags: readonly string[] };

/** The server behind a Context: what a handler may do with the whole of it. `McpServer` is one. */
export interface RunningServer {
  /** Tells every client that the list of tools is another one now. */
  notifyToolsChanged(): void;
  /** Tells every client that the list of prompts is another one now. */
  notifyPromptsChanged(): void;
  /** Tells every client that the list of resources is another one now. */
  notifyResourcesChanged(): void;
  /** Tells the clients that subscribed to a resource that its content is another one now. */
  notifyResourceUpdated(uri: string): void;
  /** Offers again what was disabled, and tells every client. Throws UNKNOWN_COMPONENT. */
  enable(components: ComponentSelection): void;
  /** Takes components out of the lists and refuses new calls of them; tells every client. Throws UNKNOWN_COMPONENT. */
  disable(components: ComponentSelection): void;
  /** Puts other components in the place of those that were listed or discovered, and tells every client. */
  replace(components: readonly ComponentClass[]): Promise<void>;
}
