import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { takeTurns } from './measure.js';
import { printTable } from './report.js';

export const program = (name: string): string =>
  fileURLToPath(new URL(`./programs/${name}.js`, import.meta.url));

/** The first message of a program that measures itself. */
async function told<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message')) as [T];
  child.kill();
  await once(child, 'exit');
  return message;
}

/** From the loaded modules to the first list of 100 tools, each with six fields. A process for each measurement. */
export async function benchStartUp(): Promise<void> {
  const measure = (name: string) => () => told<number>(fork(program(name)));
  const samples = await takeTurns(
    { 'SDK McpServer, zod': measure('hundred-sdk'), 'Reprise, class-validator': measure('hundred-reprise') },
    { rounds: 15, calls: 1 },
  );
  printTable('100 tools: from the loaded modules to the first tools/list', 'ms', samples);
}
