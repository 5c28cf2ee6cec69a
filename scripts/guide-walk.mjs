/**
 * Makes what the guide tells: its pages in the order of docs/guide/index.md, in one project that was empty, with the
 * packed packages of this repository in place of the published ones. Files are written and commands run as a reader
 * would, from nothing but what the pages show; all of it is compiled, and the servers are called in both eras.
 * Ends with `N passed, N failed`, one for each page.
 */
import './node-version.mjs';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stepsOf } from './guide-walk/page-steps.mjs';
import { root } from './prepare.mjs';
import { newcomer, run } from './scaffold/command.mjs';
import { startRegistry } from './scaffold/registry.mjs';

/** Commands of the pages that are not run here. */
const notRun = [
  [/^npx reprise dev /, 'goes on until Ctrl-C; the tests of packages/cli run it'],
  [/^npx reprise doctor http/, 'wants a server that runs; the tests of packages/cli run it'],
  [/ -w apps\//, 'is for a clone of the repository; the tests of that app run it'],
];
const guide = join(root, 'docs/guide');
const listed = readFileSync(join(guide, 'index.md'), 'utf8').matchAll(/^\d+\. \[[^\]]+\]\(([\w-]+)\.md\)/gm);
const pages = [...listed].map(([, name]) => name);
const home = mkdtempSync(join(tmpdir(), 'reprise-guide-'));
const project = join(home, 'library');
const faults = new Map(pages.map((page) => [page, []]));
const writtenBy = new Map();

mkdirSync(project);
mkdirSync(join(home, 'packed'));
const registry = await startRegistry(join(home, 'packed'));
// npx asks before it downloads; nobody is here to say yes
const env = { ...newcomer({ registry: registry.url, home }), npm_config_yes: 'true' };
try {
  for (const page of pages) await walk(page);
  await compile();
  await callServers();
} finally {
  registry.stop();
  if (!process.argv.includes('--keep')) rmSync(home, { recursive: true, force: true });
}
report();

async function walk(page) {
  const { steps, faults: found } = stepsOf(readFileSync(join(guide, `${page}.md`), 'utf8'));
  faults.get(page).push(...found);
  const place = { cwd: project, env, printed: '' };
  for (const step of steps) {
    const fault = await take(step, place, page).catch((error) => error.message);
    if (fault) faults.get(page).push(`line ${step.line}: ${fault}`);
  }
  for (const [file, by] of writtenBy) if (by === page) faults.get(page).push(...strangersIn(file));
}

/** Returns what is wrong, if anything. */
async function take({ kind, file, text }, place, page) {
  if (kind === 'file') {
    mkdirSync(dirname(join(place.cwd, file)), { recursive: true });
    writeFileSync(join(place.cwd, file), `${text}\n`);
    writtenBy.set(file, page);
    return undefined;
  }
  // what only commands print that are not run here
  if (kind === 'output' && place.printed === undefined) return undefined;
  if (kind === 'output') {
    const missing = text.split('\n').filter((line) => !place.printed.includes(line.trim()));
    return missing.length > 0 ? `not printed: ${missing.join(' | ')}; instead:\n${place.printed}` : undefined;
  }
  place.printed = undefined;
  for (const command of text.replaceAll('\\\n', ' ').split('\n')) {
    if (command.trim() === '' || notRun.some(([pattern]) => pattern.test(command))) continue;
    place.printed ??= '';
    const [, folder] = /^cd (\S+)$/.exec(command) ?? [];
    if (folder) place.cwd = join(place.cwd, folder);
    else place.printed += await run(['sh', '-c', command], place);
  }
  return undefined;
}

/** Imports of a file that no page has shown or installed so far. */
function strangersIn(file) {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const known = new Set([...Object.keys({ ...dependencies, ...devDependencies }), ...builtinModules]);
  const text = readFileSync(join(project, file), 'utf8');
  return [...text.matchAll(/(?:from|import) '([^']+)'/g)].flatMap(([, name]) => {
    const source = join(project, dirname(file), name.replace(/\.js$/, '.ts'));
    if (name.startsWith('.')) return existsSync(source) ? [] : [`${file}: no page has shown ${name} yet`];
    const [, own] = /^(?:node:)?((?:@[^/]+\/)?[^/]+)/.exec(name);
    return known.has(own) ? [] : [`${file}: no page has installed ${own} yet`];
  });
}

async function compile() {
  const said = await run(['npx', 'tsc', '--pretty', 'false'], { cwd: project, env }).catch(
    (error) => error.message,
  );
  for (const line of said.split('\n')) {
    const [, file] = /^([\w./-]+)\(\d+,\d+\): error/.exec(line) ?? [];
    if (file) faults.get(writtenBy.get(file) ?? pages[0]).push(line);
  }
}

async function callServers() {
  for (const name of ['play.mjs', 'calls.mjs'])
    cpSync(join(root, 'scripts/guide-walk', name), join(project, name));
  const said = await run(['node', 'play.mjs'], { cwd: project, env }).catch((error) => error.message);
  const told = /^\{"made".*$/m.exec(said);
  if (!told) return void faults.get(pages[0]).push(`the servers could not be called:\n${said}`);
  const { made, faults: found } = JSON.parse(told[0]);
  for (const [page, wrong] of Object.entries(found)) faults.get(page).push(...wrong);
  console.log(`${made} calls, in both eras`);
}

function report() {
  let failed = 0;
  for (const [page, wrong] of faults) {
    const files = [...writtenBy].filter(([, by]) => by === page).map(([file]) => file);
    console.log(
      `${wrong.length > 0 ? 'FAILED' : 'ok    '}  docs/guide/${page}.md  ${files.join(' ')}`.trimEnd(),
    );
    for (const line of wrong) console.log(`        ${line.replaceAll('\n', '\n        ')}`);
    if (wrong.length > 0) failed += 1;
  }
  console.log(`${faults.size - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
