import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { takeTurns } from './measure.js';
import { printTable } from './report.js';
import { program } from './start-up.js';

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1.0.0' },
  },
};

/** Milliseconds from spawn to the answer of initialize. */
async function firstAnswer(name: string): Promise<number> {
  const from = performance.now();
  const child = spawn(process.execPath, [program(name)], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.write(`${JSON.stringify(initialize)}\n`);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const took = performance.now() - from;
  if (!line.includes('"serverInfo"')) throw new Error(`${name} answered ${line}`);
  child.stdin.end();
  await once(child, 'exit');
  return took;
}

export async function benchColdStart(): Promise<void> {
  const measure = (name: string) => () => firstAnswer(name);
  const samples = await takeTurns(
    {
      'SDK McpServer, zod': measure('stdio-sdk'),
      'Reprise, class-validator': measure('stdio-reprise'),
      'node alone': measure('stdio-nothing'),
    },
    { rounds: 21, calls: 1 },
  );
  printTable('stdio: from spawn to the first answer', 'ms', samples);
}
