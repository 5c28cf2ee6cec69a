import type { McpServer } from '@reprise/core';

/** For clients that reach the server at a URL. */
export async function serveHttp(server: McpServer): Promise<void> {
  const { streamableHttp } = await import('@reprise/transport-streamable-http');
  const { HOST, PORT = '3000', ALLOWED_HOSTS } = process.env;
  const transport = streamableHttp({
    host: HOST,
    port: Number(PORT),
    allowedHosts: ALLOWED_HOSTS?.split(','),
  });
  await server.start(transport);
  console.error(`Serving MCP at ${transport.address}`);
}
