import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../prepare.mjs';

const globSync = pathToFileURL(join(root, 'apps/conformance/referee/glob-sync.mjs')).href;

/** One minute is ten times what a run takes; a scenario that hangs takes half of it. */
const limit = 120_000;

/** Lets the referee write its results to a folder. Its exit code says less than they do, and is not looked at. */
export function runReferee({ referee, args }, url, folder) {
  const program = join(root, 'node_modules', referee, 'dist/index.js');
  const line = ['--import', globSync, program, 'server', '--url', url, ...args, '-o', folder];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, line, { cwd: root, stdio: 'ignore', timeout: limit });
    child.once('error', reject);
    child.once('close', resolve);
  });
}
