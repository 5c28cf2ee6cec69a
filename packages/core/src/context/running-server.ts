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
}
