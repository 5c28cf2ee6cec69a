import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root } from '../prepare.mjs';

const inspector = '2.12.0';
/** What runs it where the Node at hand is older than it needs. */
const node = '22.23.3';
const oldest = [22, 19];

/**
 * Puts the Inspector into node_modules/.cache, once: it is heavy, and its native packages would be everybody's.
 * Gives the command line of its CLI. Throws if npm cannot install it.
 */
export function installInspector() {
  const folder = join(root, 'node_modules/.cache', `inspector-${inspector}`);
  if (!existsSync(folder)) install(folder);
  const cli = join(folder, 'node_modules/@modelcontextprotocol/inspector/clients/cli/build/index.js');
  return [isNewEnough() ? process.execPath : nodeIn(folder), cli];
}

function install(folder) {
  const begun = `${folder}-${process.pid}`;
  mkdirSync(begun, { recursive: true });
  writeFileSync(join(begun, 'package.json'), '{ "private": true }');
  const wanted = [`@modelcontextprotocol/inspector@${inspector}`];
  if (!isNewEnough()) wanted.push(`${nodePackage}@${node}`);
  const flags = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = npm([...flags, ...wanted], { cwd: begun, encoding: 'utf8' });
  if (done.status === 0) renameSync(begun, folder);
  else {
    rmSync(begun, { recursive: true, force: true });
    throw new Error(`npm could not install ${wanted.join(' and ')}.\n${done.stdout}${done.stderr}`);
  }
}

const system = process.platform === 'win32' ? 'win' : process.platform;
const nodePackage = `node-${system}-${process.arch}`;

function nodeIn(folder) {
  const path = join(folder, 'node_modules', nodePackage, 'bin', system === 'win' ? 'node.exe' : 'node');
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  if (stdout?.trim() === `v${node}`) return path;
  throw new Error(`${path} is no Node ${node}. Remove ${folder} and run the command again.`);
}

function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
