import { spawn } from 'node:child_process';

/** Milliseconds for one start of the CLI; it takes half a second on a machine that has nothing else to do. */
const limit = 60_000;

/** How long the last words of a CLI that has ended may take, in milliseconds. */
const patience = 2_000;

/** Starts the CLI once. Gives the result it printed, if any, and else the error. Its files go to `home`. */
export function inspect([command, ...before], args, home) {
  const env = { ...process.env, HOME: home, USERPROFILE: home };
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...before, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limit,
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.once('error', reject);
    // a server that outlives its CLI keeps the pipes open, and there would be no `close`
    child.once('exit', () => setTimeout(() => child.emit('close'), patience).unref());
    child.once('close', () => resolve({ result: member(out, 'result'), error: member(err, 'error'), err }));
  });
}

/** Of the one line of JSON that has it; a server on stdio may have written to stderr as well. */
function member(text, name) {
  for (const line of text.split('\n')) {
    try {
      const value = JSON.parse(line)?.[name];
      if (value !== undefined) return value;
    } catch {
      // no line of the Inspector's
    }
  }
  return undefined;
}
