import { RepriseError } from '@reprise/core/transport';
import { checkAuth, type AuthOptions } from './auth/index.js';

export interface Deadlines {
  headers?: number;
  request?: number;
  unread?: number;
}

/** What every HTTP transport lets its user choose. */
export interface EdgeOptions {
  /** TCP port, 0 for any free one. Each transport has its own default. */
  port?: number;
  /** Address to bind. Default 127.0.0.1: this machine only. */
  host?: string;
  /**
   * Host names (no port) a request may be addressed to: the defence against DNS rebinding.
   * On a loopback address the names of localhost are always allowed too; on any other address this
   * option is required, and `'any'` turns the check off.
   */
  allowedHosts?: readonly string[] | 'any';
  /**
   * Host names of web pages whose requests are served. Requests without `Origin` do not come from pages and pass.
   * Default: localhost on a loopback address, none elsewhere. `'any'` turns the check off.
   */
  allowedOrigins?: readonly string[] | 'any';
  /** Exact origins (`https://app.example`) whose pages may call and read answers (CORS). Default none. */
  cors?: readonly string[];
  /** Who may call: `{ issuer }` of an OAuth authorization server, or `{ verify }` for API keys. Default: whoever reaches the port. */
  auth?: AuthOptions;
  /**
   * The URL of the endpoint as clients know it, behind a proxy: `https://mcp.example.org/mcp`. What clients are told
   * with a 401 and, by default, what tokens must be issued for. Default: the address it listens on; on an address that
   * other machines reach, `auth` with an issuer requires it.
   */
  publicUrl?: string;
  /** Largest request body in bytes; more is answered 413. Default 4 MiB. */
  bodyLimit?: number;
  /**
   * Against clients that send a byte now and then to hold a connection: milliseconds within which the headers, and the
   * whole request, must have arrived, else 408. Default 10,000 and 30,000. Answers may take as long as they like, but
   * one of which the client takes nothing for `unread` milliseconds is cut. Default 30,000.
   */
  deadlines?: Deadlines;
  /** Most connections at once; more are closed as they come. Default: as many as the system allows. */
  maxConnections?: number;
  /** Stop the server on SIGTERM and SIGINT and exit; a second signal exits at once. Default true. */
  signals?: boolean;
}

export interface CheckedOptions extends Required<
  Omit<EdgeOptions, 'allowedHosts' | 'allowedOrigins' | 'deadlines' | 'auth' | 'publicUrl'>
> {
  readonly deadlines: Required<Deadlines>;
  readonly auth: AuthOptions | undefined;
  readonly publicUrl: string | undefined;
  readonly allowedHosts: readonly string[] | 'any';
  readonly allowedOrigins: readonly string[] | 'any';
}

const localNames = ['localhost', '127.0.0.1', '[::1]'];

/** Fills in the defaults; throws INVALID_OPTION for what cannot work. `where` names the factory in messages. */
export function checkOptions(where: string, options: EdgeOptions & { port: number }): CheckedOptions {
  const { port, host = '127.0.0.1', cors = [], bodyLimit = 4 * 1024 * 1024, signals = true } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw invalid(where, 'port', port, 'Give a whole number from 0 to 65535.');
  const { maxConnections = Infinity, deadlines = {} } = options;
  const { headers = 10_000, request = Math.max(30_000, headers), unread = 30_000 } = deadlines;
  requirePositive(where, 'bodyLimit', bodyLimit);
  requirePositive(where, 'maxConnections', maxConnections);
  requirePositive(where, 'deadlines.headers', headers);
  requirePositive(where, 'deadlines.unread', unread);
  // The headers are a part of the request; Node.js takes no other order.
  if (!(request >= headers))
    throw invalid(
      where,
      'deadlines.request',
      request,
      `Give at least deadlines.headers, which is ${headers}.`,
    );
  for (const origin of cors) requireOrigin(where, origin);
  const loopback = isLoopback(host);
  if (!loopback && options.allowedHosts === undefined)
    throw new RepriseError('INVALID_OPTION', `host '${host}' is reachable from other machines.`, {
      where,
      fix: "List the public host names in allowedHosts, or pass allowedHosts: 'any' if a proxy checks them.",
    });
  const { auth, publicUrl } = options;
  if (publicUrl !== undefined) requirePublicUrl(where, publicUrl);
  if (auth !== undefined) checkAuth(where, auth);
  if (auth?.issuer !== undefined && !loopback && publicUrl === undefined)
    throw new RepriseError('INVALID_OPTION', `Clients elsewhere cannot be told what to get a token for.`, {
      where,
      fix: 'Give publicUrl, the URL of the endpoint as clients know it: https://mcp.example.org/mcp.',
    });
  const local = loopback ? localNames : [];
  return {
    port,
    host,
    cors,
    bodyLimit,
    deadlines: { headers, request, unread },
    maxConnections,
    signals,
    auth,
    publicUrl,
    allowedHosts: allowList(options.allowedHosts, local),
    allowedOrigins: allowList(options.allowedOrigins, local),
  };
}

/** Throws INVALID_OPTION unless the value is a number above zero. */
export function requirePositive(where: string, option: string, value: number): void {
  if (!(value > 0)) throw invalid(where, option, value, 'Give a number above zero.');
}

/** Throws INVALID_OPTION unless the value is the path of a URL. */
export function requirePath(where: string, path: string): void {
  if (!/^\/[^?#\s]*$/.test(path))
    throw invalid(where, 'path', path, 'Begin it with a slash, without query: /mcp.');
}

function allowList(given: readonly string[] | 'any' | undefined, local: readonly string[]) {
  return given === 'any' ? given : [...local, ...(given ?? []).map((name) => name.toLowerCase())];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function requireOrigin(where: string, origin: string): void {
  if (URL.canParse(origin) && new URL(origin).origin === origin) return;
  throw invalid(where, 'cors', origin, 'Write each origin as scheme, host and port: https://app.example.');
}

function requirePublicUrl(where: string, url: string): void {
  if (/^https?:/.test(url) && URL.canParse(url) && !/[?#\s"\\]/.test(url)) return;
  throw invalid(where, 'publicUrl', url, 'Give the whole URL of the endpoint: https://mcp.example.org/mcp.');
}

function invalid(where: string, option: string, value: unknown, fix: string): RepriseError {
  return new RepriseError('INVALID_OPTION', `${option} is ${JSON.stringify(value) ?? String(value)}.`, {
    where,
    fix,
  });
}
