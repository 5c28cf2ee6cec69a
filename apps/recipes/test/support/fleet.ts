import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, request, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/fleet/replica.js', import.meta.url));

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

export async function listen(handler: RequestListener): Promise<Listening> {
  const server: Server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(req: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of req) text += String(chunk);
  return text;
}

/** The store of the fleet: four verbs over a map, with expiry. */
export function store(): Promise<Listening> {
  const held = new Map<string, { value: string; until: number }>();
  const alive = (key: string) => {
    const entry = held.get(key);
    return entry && entry.until > Date.now() ? entry : undefined;
  };
  return listen((req, res) => {
    void textOf(req).then((text) => {
      const key = req.url ?? '';
      // the recipe's HttpStore wrote it
      const { value = '', life = 0 } = JSON.parse(text || '{}') as { value?: string; life?: number };
      const before = alive(key);
      const isNew = req.method === 'POST' && before === undefined;
      if (req.method === 'PUT' || isNew) held.set(key, { value, until: Date.now() + life });
      if (req.method === 'DELETE' && before?.value === value) held.delete(key);
      if (req.method === 'GET') res.statusCode = before ? 200 : 404;
      if (req.method === 'POST') res.statusCode = isNew ? 201 : 409;
      res.end(req.method === 'GET' ? before?.value : undefined);
    });
  });
}

/** The airline: counts every order, also one with a key that it has seen. */
export async function airline(): Promise<Listening & { orders: string[] }> {
  const orders: string[] = [];
  const listening = await listen((req, res) => {
    orders.push((req.url ?? '').slice(1));
    setTimeout(() => res.end(`${req.url?.slice(1)} done.`), 50); // long enough for a second order to overlap
  });
  return { ...listening, orders };
}

export interface Replica {
  readonly url: string;
  kill(): Promise<void>;
}

/** A process of its own, as on a machine of its own; from `dist`, which `npm test` builds first. */
export function replica(environment: Record<string, string>): Promise<Replica> {
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: '0',
      NODE_ENV: 'production',
      REPRISE_LOG_LEVEL: 'error',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = () => {
    child.kill('SIGKILL');
    return gone;
  };
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve({ url: line.toString().trim(), kill }));
    void gone.then(() => reject(new Error('the replica has ended')));
  });
}

/**
 * Hands each request to the next replica. With `sticky` a request with a session goes where the session began, which
 * is learned from the answer to `initialize`.
 */
export async function loadBalancer(
  replicas: readonly Replica[],
  sticky: boolean,
): Promise<Listening & { served: { replica: number; method: string }[] }> {
  const served: { replica: number; method: string }[] = [];
  const sessions = new Map<string, number>();
  let turn = 0;
  const listening = await listen((req, res) => {
    const session = String(req.headers['mcp-session-id'] ?? '');
    const chosen = (sticky ? sessions.get(session) : undefined) ?? turn++ % replicas.length;
    served.push({ replica: chosen, method: String(req.headers['mcp-method'] ?? '') });
    const target = new URL(replicas[chosen]?.url ?? '');
    const onward = request(target, { method: req.method, headers: req.headers }, (answer) => {
      const begun = answer.headers['mcp-session-id'];
      if (typeof begun === 'string') sessions.set(begun, chosen);
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.on('error', () => res.destroy());
    res.on('close', () => onward.destroy());
    req.pipe(onward);
  });
  return { ...listening, url: `${listening.url}mcp`, served };
}
