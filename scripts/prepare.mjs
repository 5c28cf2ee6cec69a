/** What every command of this repository needs first: dependencies as the lockfile says, and a build. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs `npm ci` unless node_modules holds what package-lock.json says. Writes to stderr only. */
export function installIfNeeded() {
  if (isInstalled()) return true;
  console.error('Installing dependencies (npm ci) …');
  const flags = ['ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund'];
  const done = npm(flags, { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.status === 0) return true;
  console.error(
    'npm ci failed; see above. Check the connection to the npm registry and run the command again.',
  );
  return false;
}

/** Builds every workspace, or one with all it depends on. Quiet unless it fails; what is unchanged comes from the cache. */
export function build(workspace) {
  const turbo = join(root, 'node_modules/turbo/bin/turbo');
  const args = ['run', 'build', '--output-logs=errors-only', '--log-prefix=none'];
  if (workspace !== undefined) args.push(`--filter=${workspace}`);
  const done = spawnSync(process.execPath, [turbo, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  });
  const ok = done.status === 0;
  return { ok, output: ok ? '' : `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}` };
}

/**
 * npm records what it put into node_modules in a lockfile of its own: compare that with ours, entry by entry,
 * and look whether the folders are still there.
 * Times would lie after a checkout or a copy. Optional packages are those of other platforms.
 */
function isInstalled() {
  const wanted = lockedPackages('package-lock.json');
  const present = lockedPackages('node_modules/.package-lock.json');
  if (present === undefined || wanted === undefined) return false;
  return Object.entries(wanted)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.optional && !entry.devOptional)
    .every(([path, entry]) => present[path]?.version === entry.version && existsSync(join(root, path)));
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** The npm that started this script where there is one: on Windows `npm` is a shell script that cannot be spawned. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return spawnSync(process.execPath, [cli, ...args], options);
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}
