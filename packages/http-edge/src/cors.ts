import type { IncomingMessage, ServerResponse } from 'node:http';

const requestHeaders = [
  'content-type',
  'accept',
  'authorization',
  'last-event-id',
  'mcp-session-id',
  'mcp-protocol-version',
  'mcp-method',
  'mcp-name',
];

/**
 * Tells browsers that a configured origin may read the answer. Headers only: whether a request is served
 * is the guard's decision, so a page cannot slip in where CORS is off.
 */
export function allowOrigin(req: IncomingMessage, res: ServerResponse, origins: readonly string[]): void {
  if (origins.length === 0) return;
  res.setHeader('vary', 'Origin');
  const { origin } = req.headers;
  if (origin === undefined || !origins.includes(origin)) return;
  res.setHeader('access-control-allow-origin', origin);
  res.setHeader('access-control-expose-headers', 'mcp-session-id, mcp-protocol-version, www-authenticate');
}

/** Answers the question a browser asks before it sends the real request. */
export function replyPreflight(
  req: IncomingMessage,
  res: ServerResponse,
  { methods, tokenHeader }: { methods: string; tokenHeader: string | undefined },
): void {
  const asked = req.headers['access-control-request-headers'] ?? '';
  // The headers that mirror tool parameters are named by the tool, so they cannot be listed beforehand.
  const mirrored = asked.split(',').flatMap((name) => /^\s*(mcp-param-[\w-]+)\s*$/i.exec(name)?.[1] ?? []);
  res
    .writeHead(204, {
      'access-control-allow-methods': methods,
      'access-control-allow-headers': [...requestHeaders, ...[tokenHeader ?? []].flat(), ...mirrored].join(
        ', ',
      ),
      'access-control-max-age': '600',
    })
    .end();
}
