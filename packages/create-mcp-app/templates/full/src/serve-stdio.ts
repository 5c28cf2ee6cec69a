import type { McpServer } from '@reprise/core';

/** For clients that start the server themselves. */
export async function serveStdio(server: McpServer): Promise<void> {
  // Loaded only when asked for: a desktop client waits for this process to start.
  const { stdio } = await import('@reprise/transport-stdio');
  await server.start(stdio());
}
