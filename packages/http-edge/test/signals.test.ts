import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { transformSync } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'reprise-signals-'));

beforeAll(() => {
  const source = readFileSync(new URL('../src/signals.ts', import.meta.url), 'utf8');
  writeFileSync(join(folder, 'signals.mjs'), transformSync(source, { loader: 'ts' }).code);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program that uses the real module in a process of its own, and sends it signals. */
async function run(program: string, ...signals: NodeJS.Signals[]) {
  const file = join(folder, `program-${Math.random()}.mjs`);
  const preamble = `import { stopOnSignals } from './signals.mjs';
    import { setTimeout as delay } from 'node:timers/promises';
    setInterval(() => {}, 1000);\n`;
  writeFileSync(file, `${preamble}${program}\nconsole.log('ready');`);
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
  const exit = once(child, 'exit');
  await once(child.stdout, 'data');
  for (const signal of signals) {
    child.kill(signal);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const [code, signal] = await exit;
  return { code, signal, output };
}

describe('signals', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s stops everything, then exits with 0', async (signal) => {
    const program = `for (const name of ['a', 'b'])
      stopOnSignals(async () => { await delay(150); console.log('stopped ' + name); });`;
    const { code, output } = await run(program, signal);
    expect({ code, output }).toEqual({ code: 0, output: 'ready\nstopped a\nstopped b\n' });
  });

  test('a second signal exits at once, also when the listeners were taken back meanwhile', async () => {
    const program = `const forget = stopOnSignals(async () => { forget(); await delay(60_000); });`;
    expect(await run(program, 'SIGTERM', 'SIGINT')).toMatchObject({ code: 130 });
  });

  test('a stop that fails shows in the exit code', async () => {
    expect(await run(`stopOnSignals(() => Promise.reject(new Error('no')));`, 'SIGTERM')).toMatchObject({
      code: 1,
    });
  });

  test('taken back, the process dies of the signal as any other', async () => {
    const program = `stopOnSignals(async () => console.log('never'))();
      if (process.listenerCount('SIGTERM') > 0) console.log('left behind');`;
    expect(await run(program, 'SIGTERM')).toEqual({ code: null, signal: 'SIGTERM', output: 'ready\n' });
  });
});
