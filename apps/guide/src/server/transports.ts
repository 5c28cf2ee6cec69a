import { McpServer, Server, Tool } from '@reprise/core';
import { sse } from '@reprise/transport-sse';
import { stdio } from '@reprise/transport-stdio';
import { streamableHttp } from '@reprise/transport-streamable-http';

@Server({ name: 'library', version: '1.0.0' })
export class Library extends McpServer {
  @Tool({ description: 'Is somebody there?' })
  ring(): string {
    return 'Good morning.';
  }
}

// #region stdio
export const overStdio = (library: Library) => library.start(stdio());
// #endregion stdio

// #region http
export const overHttp = (library: Library, port = 3000) => library.start(streamableHttp({ port }));
// #endregion http

// #region sse
export const overSse = (library: Library, port = 3001) => library.start(sse({ port }));
// #endregion sse

// #region several
export const overBoth = (library: Library, httpPort = 3000, ssePort = 3001) =>
  library.start(streamableHttp({ port: httpPort }), sse({ port: ssePort }));
// #endregion several

// #region public
export const behindProxy = (port: number) =>
  streamableHttp({
    port,
    host: '0.0.0.0',
    allowedHosts: ['mcp.example.org'],
    allowedOrigins: ['app.example.org'],
    cors: ['https://app.example.org'],
    bodyLimit: 1024 * 1024,
  });
// #endregion public
