import type { RoundLedger } from '@reprise/core';
import { Flights } from '../fleet/flights.js';
import { FetchTransport } from './fetch-transport.js';

export interface Deployment {
  airline: string;
  /** The value of a secret of the platform, the same for every instance. */
  stateKey: string;
  ledger: RoundLedger;
}

// #region function
/** What the platform calls for each request. The server starts with the first one, and stays while the instance lives. */
export function serverless({ airline, stateKey, ledger }: Deployment) {
  const transport = new FetchTransport();
  const flights = new Flights(airline, { state: { keys: [stateKey], ledger }, devCheck: false });
  let started: Promise<unknown> | undefined;
  return async (request: Request): Promise<Response> => {
    await (started ??= flights.start(transport));
    return transport.fetch(request);
  };
}
// #endregion function
