import type { IncomingMessage, ServerResponse } from 'node:http';

const wellKnown = '/.well-known/oauth-protected-resource';

/** An endpoint as clients know it, and the path it has here; the two differ behind a proxy that takes a prefix away. */
export interface ResourcePlace {
  readonly url: string;
  readonly path: string;
}

/** Where clients find the metadata of a resource: the well-known path is inserted before the resource's own (RFC 9728). */
export function metadataUrlOf({ url }: ResourcePlace): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${wellKnown}${pathname === '/' ? '' : pathname}`;
}

/** Whether a request is for the metadata: at the root, and for the path here or as clients know it, with its prefix before or after. */
export function asksForMetadata(requested: string, { url, path }: ResourcePlace): boolean {
  if (!requested.includes(wellKnown)) return false;
  const { pathname } = new URL(url);
  const prefix = pathname.endsWith(path) ? pathname.slice(0, -path.length) : '';
  const places = ['', path, pathname].flatMap((suffix) => [wellKnown + suffix, prefix + wellKnown + suffix]);
  return places.includes(requested);
}

/** Answers with a document that everybody may read, from any page: clients need it before they have a token. */
export function replyMetadata(req: IncomingMessage, res: ServerResponse, metadata: object): void {
  res.setHeader('access-control-allow-origin', '*');
  const methods = 'GET, HEAD, OPTIONS';
  if (req.method === 'OPTIONS') {
    // Not `*`: the clients of the SDK send their protocol version along, and say so in a preflight.
    const headers = req.headers['access-control-request-headers'] ?? '';
    res.setHeader('access-control-allow-headers', /^[\w\s,-]*$/.test(headers) ? headers : '');
    res.writeHead(204, { 'access-control-allow-methods': methods, 'access-control-max-age': '600' }).end();
    return;
  }
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.writeHead(405, { allow: methods, 'content-length': 0 }).end();
    return;
  }
  const body = JSON.stringify(metadata);
  res
    .writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'max-age=3600',
    })
    .end(req.method === 'HEAD' ? undefined : body);
}
