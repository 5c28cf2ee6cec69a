import type { Bench } from '../bench.js';
import type { ContractClient } from '../clients/contract-client.js';

/** One thing that must hold on every transport, for every kind of client. */
export interface ContractCase {
  readonly name: string;
  /** `client` is connected, can answer questions, and is the same for all cases: leave it as it was. */
  run(client: ContractClient, bench: Bench): Promise<void>;
}
