/** The server under test without the suite, for processes in which no test runner is loaded. */
export { ContractServer } from './server/contract-server.js';
