import { spawn } from 'node:child_process';
import { installArguments } from '../plan/package-manager.js';
import type { Plan } from '../plan/plan.js';

/** Installs the dependencies; undefined when that went well, else what the package manager said last. */
export async function install({ folder, pm }: Plan, signal: AbortSignal): Promise<string | undefined> {
  // on Windows package managers are scripts, which only a shell can start; nothing of the user's is in the line
  const shell = process.platform === 'win32';
  const child = spawn(pm, installArguments(pm), { cwd: folder, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
  const stop = (): void => void child.kill('SIGTERM');
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const failure = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ENOENT' ? `${pm} is not installed on this machine.` : error.message),
    );
    child.once('close', (code, by) => resolve(code === 0 ? undefined : ended(said, by ?? code)));
  });
  signal.removeEventListener('abort', stop);
  return failure;
}

function ended(said: string, how: string | number | null): string {
  const lines = said.trim().split('\n').slice(-12).join('\n');
  return lines === '' ? `It ended with ${how}.` : lines;
}
