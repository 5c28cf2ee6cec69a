/**
 * `npm start`, `npm run demo` and `npm run conformance:serve`: installs and builds what is missing, then becomes the
 * program of trip-desk, or of the app that is named.
 * Everything written here goes to stderr: with `--transport stdio`, stdout carries the protocol and nothing else.
 * The program is imported, not spawned, so signals, streams and the exit code are its own.
 */
import './node-version.mjs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, installIfNeeded, root } from './prepare.mjs';

const parent = process.ppid;
const [program = 'main', ...args] = process.argv.slice(2);
const [app, main] = program === 'conformance' ? [program, 'main'] : ['trip-desk', program];
const file = join(root, 'apps', app, 'dist', `${main}.js`);

if (!installIfNeeded()) process.exit(1);
if (!existsSync(file)) console.error('Building …');
const { ok, output } = build(app);
if (!ok) {
  console.error(`${output}\nThe build failed; see above. Mend the sources and run the command again.`);
  process.exit(1);
}

endWithNpm();
process.argv = [process.execPath, file, ...args];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(file).href);

/**
 * A SIGTERM for npm ends npm and the shell between us, and would leave this process behind with its port taken.
 * When the parent is gone, pass the signal on.
 */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 200);
  watch.unref();
}
