/** Spelling of everything that people read. Words that a dictionary cannot know are in docs/spelling.txt. */
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const cspell = join(root, 'node_modules/cspell/bin.mjs');
const pages = ['docs/**/*.md', '*.md', 'packages/*/*.md', 'packages/*/templates/*/*.md', 'apps/*/*.md'];
const args = ['--no-progress', '--no-summary', '--unique', '--config', 'docs/cspell.json', ...pages];
const { status } = spawnSync(process.execPath, [cspell, ...args], { cwd: root, stdio: 'inherit' });
if (status !== 0) console.error('Mend the word, or add it to docs/spelling.txt if it is one.');
process.exitCode = status ?? 1;
