import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClientSetup, ContractClient } from './clients/contract-client.js';
import type { ClientKind } from './clients/kinds.js';
import { connectV1 } from './clients/v1-client.js';
import { connectV2 } from './clients/v2-client.js';
import { Journal } from './server/journal.js';
import type { Endpoint, TransportAdapter } from './transport-adapter.js';

/** How long something may take to show, on a slow machine. In milliseconds. */
const patience = 10_000;

/** One server, and clients of one kind. */
export class Bench {
  readonly #clients: ContractClient[] = [];
  readonly #journal: Journal;

  private constructor(
    readonly adapter: TransportAdapter,
    readonly kind: ClientKind,
    readonly endpoint: Endpoint,
    journal: Journal,
  ) {
    this.#journal = journal;
  }

  static async open(adapter: TransportAdapter, kind: ClientKind): Promise<Bench> {
    const file = join(mkdtempSync(join(tmpdir(), 'transport-contract-')), 'journal');
    return new Bench(adapter, kind, await adapter.start(file), new Journal(file));
  }

  async connect(setup?: ClientSetup): Promise<ContractClient> {
    const client =
      this.kind === 'v1'
        ? await connectV1(this.endpoint.dialV1(), setup)
        : await connectV2(this.kind, this.endpoint.dialV2(), setup);
    this.#clients.push(client);
    return client;
  }

  /** What handlers wrote about a call. */
  journal(label: string): string[] {
    return this.#journal.read(label);
  }

  /** Waits until handlers wrote that about a call. */
  async wrote(label: string, event: string): Promise<void> {
    await until(() => this.journal(label).includes(event), `the journal of ${label} says "${event}"`);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#clients.map((client) => client.close()));
    if (!(await this.endpoint.gone())) await this.endpoint.stop();
    rmSync(dirname(this.#journal.file), { recursive: true });
  }
}

/** A name for a call that no other call has. */
export function label(): string {
  return `call-${randomUUID().slice(0, 8)}`;
}

export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Waited ${patience} ms in vain until ${what}`);
    await delay(10);
  }
}
