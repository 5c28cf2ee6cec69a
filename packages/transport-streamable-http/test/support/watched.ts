import type { Host, HostSession, Transport } from '@reprise/core/transport';
import { until } from '../../../http-edge/test/support/raw-http.js';

type ProtocolServer = ReturnType<HostSession['createServer']>;

/** A transport whose legacy sessions are watched: how many protocol servers they had, and how many they have. */
export class Watched implements Transport {
  readonly name = 'streamable-http';
  readonly servers: ProtocolServer[] = [];
  /** Thrown instead of making the next protocol server. */
  fault: Error | undefined;

  constructor(private readonly transport: Transport) {}

  get address(): string {
    return this.transport.address;
  }

  get awake(): number {
    return this.servers.filter((server) => server.transport !== undefined).length;
  }

  /** Resolves when no session has a protocol server any more. */
  resting(): Promise<void> {
    return until(() => this.awake === 0, 'all sessions to rest');
  }

  start(host: Host): Promise<void> {
    const createSession: Host['createSession'] = (origin, wake) =>
      this.#watch(host.createSession(origin, wake));
    // Whatever else is asked goes to the host itself, which may be another thing each time.
    return this.transport.start(Object.create(host, { createSession: { value: createSession } }) as Host);
  }

  drain(): Promise<void> {
    return this.transport.drain();
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  #watch(session: HostSession): HostSession {
    return {
      createServer: () => {
        const { fault } = this;
        this.fault = undefined;
        if (fault !== undefined) throw fault;
        const server = session.createServer();
        this.servers.push(server);
        return server;
      },
      caughtUp: () => session.caughtUp(),
      rest: () => session.rest(),
      end: () => session.end(),
    };
  }
}
