import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { createDesk } from './desk-sdk.js';

const handler = toNodeHandler(createMcpHandler(createDesk));
const server = createServer((req, res) => void handler(req, res));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
// A server that listens on a port has an address of this kind.
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
