import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './prepare.mjs';

/** The compiled program of an app. */
export const mainOf = (app) => join(root, 'apps', app, 'dist/main.js');

/** Starts an app on a free port. Gives the address that it prints, and `stop`. */
export function startApp(app, transport = 'streamable-http') {
  const line = [mainOf(app), '--transport', transport, '--port', '0'];
  const child = spawn(process.execPath, line, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said += chunk;
      const [url] = /http:\/\/127\.0\.0\.1:\d+\/\w+(?=\s)/.exec(said) ?? [];
      if (url !== undefined) resolve({ url, stop });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', (chunk) => (said += chunk));
    child.once('error', reject);
    void ended.then(() => reject(new Error(`apps/${app} did not start.\n${said}`)));
  });
}
