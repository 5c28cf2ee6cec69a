export { describeTransportContract } from './describe-contract.js';
export { clientKinds, type ClientKind } from './clients/kinds.js';
export { httpEndpoint } from './http-endpoint.js';
export type { Endpoint, TransportAdapter } from './transport-adapter.js';
export { ContractServer } from './server/contract-server.js';
