import { spawnSync } from 'node:child_process';

/** How the repository came out: `made` with a first commit, `empty` when git refused that, `none` when there was nothing to do. */
export type Repository = 'made' | 'empty' | 'none';

/** Makes a repository with one commit, unless git is missing or the folder is inside a repository already. */
export function makeRepository(folder: string): Repository {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: folder, stdio: 'ignore' });
  const inside = git('rev-parse', '--is-inside-work-tree');
  if (inside.error || inside.status === 0) return 'none';
  if (git('init', '--quiet').status !== 0) return 'none';
  git('add', '--all');
  // a key with a passphrase would ask in the middle of our words
  const commit = git(
    '-c',
    'commit.gpgSign=false',
    'commit',
    '--quiet',
    '--message',
    'Start from create-mcp-app',
  );
  return commit.status === 0 ? 'made' : 'empty';
}
