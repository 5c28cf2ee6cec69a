import type { Bench } from '../bench.js';
import type { ContractClient } from '../clients/contract-client.js';
import type { ClientKind } from '../clients/kinds.js';

/** One thing that must hold on every transport, for every kind of client. */
export interface ContractCase {
  readonly name: string;
  /** The kinds of client it is about, where the others would only repeat it. Default: all. */
  readonly kinds?: readonly ClientKind[];
  /** `client` is connected, can answer questions, and is the same for all cases: leave it as it was. */
  run(client: ContractClient, bench: Bench): Promise<void>;
}
