/** Whether what users install is whole: publint at its strictest, and the files that belong into every package. */
import './node-version.mjs';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { root } from './prepare.mjs';
import { published } from './scaffold/registry.mjs';

const foldersOf = packedFiles();
const faults = [];
for (const [name, { folder, files }] of foldersOf) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { messages } = await publint({ pkgDir: folder, level: 'suggestion', strict: true });
  faults.push(...messages.map((message) => `${name}: ${formatMessage(message, manifest, { color: false })}`));
  for (const file of ['README.md', 'LICENSE', 'package.json'])
    if (!files.includes(file)) faults.push(`${name}: ${file} is not in the package`);
  for (const file of files.filter((path) => /tsbuildinfo$|(^|\/)node_modules\/|^(src|test)\//.test(path)))
    faults.push(`${name}: ${file} is in the package`);
  if (!manifest.description || manifest.license !== 'MIT')
    faults.push(`${name}: description or license is missing`);
}

for (const fault of faults) console.log(fault);
console.log(`${foldersOf.size} packages, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;

/** Of each published package its folder, and what npm would put into it. */
function packedFiles() {
  const workspaces = published.flatMap((name) => ['-w', name]);
  const line = ['pack', '--dry-run', '--json', '--ignore-scripts', ...workspaces];
  const said = execFileSync('npm', line, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const packed = Object.values(JSON.parse(said));
  return new Map(
    packed.map(({ name, files }) => {
      const folder = join(root, 'packages', name.replace('@reprise/', ''));
      if (!existsSync(folder)) throw new Error(`${name} is not in ${folder}`);
      return [name, { folder, files: files.map(({ path }) => path) }];
    }),
  );
}
