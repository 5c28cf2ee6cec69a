import { streamableHttp } from '@reprise/transport-streamable-http';
import { Flights } from './flights.js';
import { HttpStore } from './key-value-store.js';
import { fleetLedger } from './fleet-ledger.js';

// #region replica
// and REPRISE_STATE_KEY, the same for all
const { HOST = '0.0.0.0', PORT = '3000', AIRLINE_URL = '', STORE_URL = '' } = process.env;

const flights = new Flights(AIRLINE_URL, { state: { ledger: fleetLedger(new HttpStore(STORE_URL)) } });
const http = streamableHttp({
  host: HOST,
  port: Number(PORT),
  allowedHosts: ['127.0.0.1', 'mcp.example.org'],
});
await flights.start(http);
// #endregion replica

process.stdout.write(`${http.address}\n`);
