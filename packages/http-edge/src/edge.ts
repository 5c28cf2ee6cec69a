import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { messageOf, principalOf, RepriseError, servePeer, type Host } from '@reprise/core/transport';
import { AuthGate, requireAuth, type AuthInfo } from './auth/index.js';
import { readJson } from './body.js';
import { allowOrigin, replyPreflight } from './cors.js';
import { guard } from './guard.js';
import { listen } from './listen.js';
import { checkOptions, requirePath, type CheckedOptions, type EdgeOptions } from './options.js';
import { replyInternalError, replyRefusal } from './reply.js';
import { Refusal, rpcCode } from './refusal.js';
import { holdsRequest } from './running-calls.js';
import { stopOnSignals } from './signals.js';
import { endUnread } from './unread.js';

/** One HTTP request that passed the guard and the authorization, and its answer. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly query: URLSearchParams;
  /** Whose request it is; undefined where no authorization is configured. */
  readonly auth: AuthInfo | undefined;
  /** The id of that principal: what belongs to it is nobody else's. */
  readonly owner: string | undefined;
  /** The JSON body. Throws Refusal: 415, 413, 400, 403 for scopes that its target needs, and 503 for new calls while the server drains. */
  readonly readMessage: () => Promise<unknown>;
}

/** Serves one exchange. Throw a Refusal to answer with an error. */
export type Handler = (exchange: Exchange) => Promise<void> | void;

/** Handlers by path, then by method. Clients are told the first path. Everything else is answered 404, or 405 with `Allow`. */
export type Routes = Readonly<Record<string, Readonly<Partial<Record<'GET' | 'POST' | 'DELETE', Handler>>>>>;

/** How long answers that are being written may take once the edge closes, in milliseconds. */
const flushGrace = 250;

/** The HTTP server under a transport: listens, guards, routes, and stops in order. */
export class HttpEdge {
  readonly #options: CheckedOptions;
  readonly #routes: Routes;
  readonly #open = new Set<ServerResponse>();
  #host: Host | undefined;
  #gate: AuthGate | undefined;
  #server: Server | undefined;
  #port: number;
  #draining = false;
  #forgetSignals = (): void => {};

  /** `where` names the factory in error messages. Throws INVALID_OPTION. */
  constructor(
    private readonly where: string,
    options: EdgeOptions & { port: number },
    routes: Routes,
  ) {
    this.#options = checkOptions(where, options);
    for (const path of Object.keys(routes)) requirePath(where, path);
    this.#port = this.#options.port;
    this.#routes = routes;
  }

  get bodyLimit(): number {
    return this.#options.bodyLimit;
  }

  /** `http://host:port`; the port is the real one once started. */
  get origin(): string {
    const { host, allowedHosts } = this.#options;
    const everywhere = host === '0.0.0.0' || host === '::' || host === '';
    const name = everywhere ? ((allowedHosts === 'any' ? undefined : allowedHosts[0]) ?? 'localhost') : host;
    return `http://${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${this.#port}`;
  }

  /** Throws ADDRESS_IN_USE, INVALID_OPTION, AUTH_MISSING, ALREADY_STARTED. */
  async start(host: Host): Promise<void> {
    if (this.#host !== undefined)
      throw new RepriseError('ALREADY_STARTED', 'The transport was started before.', {
        where: this.where,
        fix: 'Make a new transport for every start.',
      });
    const { auth } = this.#options;
    if (host.scoped) requireAuth(this.where, auth);
    this.#host = host;
    this.#gate = auth && new AuthGate(auth, () => this.#place, host);
    const { server, port } = await listen(
      this.where,
      this.#options,
      (req, res) => void this.#serve(req, res),
    );
    server.on('error', (error) => host.log.log('error', `${this.where}: ${messageOf(error)}`));
    this.#server = server;
    this.#port = port;
    if (this.#options.signals) this.#forgetSignals = stopOnSignals(() => host.stop());
  }

  /** Refuses new calls. It goes on listening: answers to what running calls ask may come on new connections. */
  async drain(): Promise<void> {
    this.#draining = true;
  }

  /** Ends every connection. Call it when the streams of the transport have been ended. */
  async close(): Promise<void> {
    await this.drain();
    this.#forgetSignals();
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    server.close();
    await this.#flush();
    server.closeAllConnections();
  }

  /** The endpoint as clients know it, and as it is here. */
  get #place() {
    const [path = '/'] = Object.keys(this.#routes);
    return { path, url: this.#options.publicUrl ?? this.origin + path };
  }

  async #serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    this.#open.add(res);
    res.once('close', () => this.#open.delete(res));
    endUnread(res, this.#options.deadlines.unread);
    try {
      const [path = ''] = (req.url ?? '').split('?', 1);
      // Before the guard: pages of every origin need it to find out where to log in, and it is no secret.
      if (this.#gate?.tellsAbout(path, req, res)) return;
      guard(req, this.#options);
      allowOrigin(req, res, this.#options.cors);
      await servePeer(req.socket.remoteAddress, () => this.#route(req, res));
    } catch (thrown) {
      if (thrown instanceof Refusal) return replyRefusal(res, thrown);
      const level = res.destroyed ? 'debug' : 'error';
      this.#host?.log.log(level, `${this.where}: ${messageOf(thrown)}`, { error: thrown });
      replyInternalError(res);
    }
  }

  async #route(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const [path = '', query] = (req.url ?? '').split('?', 2);
    const handlers = Object.hasOwn(this.#routes, path) ? this.#routes[path] : undefined;
    if (handlers === undefined) throw new Refusal(404, rpcCode.refused, 'Not found');
    const preflight = this.#options.cors.length > 0;
    const allow = [...Object.keys(handlers), ...(preflight ? ['OPTIONS'] : [])].join(', ');
    if (preflight && req.method === 'OPTIONS')
      return replyPreflight(req, res, { methods: allow, tokenHeader: this.#gate?.header });
    const { method = '' } = req;
    // The cast lets a string index handlers; hasOwn has just said that it is one of the keys.
    const handler = Object.hasOwn(handlers, method) ? handlers[method as keyof typeof handlers] : undefined;
    if (handler === undefined) throw new Refusal(405, rpcCode.refused, 'Method not allowed', { allow });
    if (this.#draining && method === 'GET') throw stopping();
    const parameters = new URLSearchParams(query);
    const auth = await this.#gate?.admit(req, res, parameters);
    const readMessage = async () => {
      const body = await this.#readMessage(req);
      if (auth !== undefined) this.#gate?.permit(auth, body, res);
      return body;
    };
    const owner = auth && principalOf(auth).id;
    await handler({ req, res, query: parameters, auth, owner, readMessage });
  }

  async #readMessage(req: IncomingMessage): Promise<unknown> {
    const body = await readJson(req, this.#options.bodyLimit);
    if (this.#draining && holdsRequest(body)) throw stopping();
    return body;
  }

  /** Waits until the answers in progress are written, but not for clients that do not read. */
  async #flush(): Promise<void> {
    const pending = [...this.#open].map((res) => new Promise((resolve) => res.once('close', resolve)));
    if (pending.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise((resolve) => (timer = setTimeout(resolve, flushGrace)));
    await Promise.race([Promise.all(pending), grace]);
    clearTimeout(timer);
  }
}

function stopping(): Refusal {
  return new Refusal(503, rpcCode.refused, 'The server is shutting down', { connection: 'close' });
}
