/**
 * `npm start` and `npm run demo`: installs and builds what is missing, then becomes trip-desk.
 * Everything written here goes to stderr: with `--transport stdio`, stdout carries the protocol and nothing else.
 * The program is imported, not spawned, so signals, streams and the exit code are its own.
 */
import './node-version.mjs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, installIfNeeded, root } from './prepare.mjs';

const [program = 'main', ...args] = process.argv.slice(2);
const file = join(root, 'apps/trip-desk/dist', `${program}.js`);

if (!installIfNeeded()) process.exit(1);
if (!existsSync(file)) console.error('Building …');
const { ok, output } = build('trip-desk');
if (!ok) {
  console.error(`${output}\nThe build failed; see above. Mend the sources and run the command again.`);
  process.exit(1);
}

process.argv = [process.execPath, file, ...args];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(file).href);
