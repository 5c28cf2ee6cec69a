import { readFileSync } from 'node:fs';
import { readArguments } from './plan/arguments.js';
import { makeRepository } from './making/git.js';
import { install } from './making/install.js';
import { lastWords } from './last-words.js';
import { makeProject } from './making/make-project.js';
import { makePlan, type Plan } from './plan/plan.js';
import { Refusal } from './refusal.js';
import type { World } from './world.js';

/** Exit codes; the last is what shells give to a program that Ctrl-C ended. */
const exit = { done: 0, refused: 1, interrupted: 130 } as const;

/** Runs the program; resolves with its exit code. */
export async function main(world: World): Promise<number> {
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, stop);
  try {
    return await create(world, interrupt.signal);
  } catch (error) {
    if (interrupt.signal.aborted) return giveUp(world);
    if (!(error instanceof Refusal)) throw error;
    world.errors.write(`${error.message}\n${error.fix}\n`);
    return exit.refused;
  } finally {
    for (const name of signals) process.off(name, stop);
  }
}

async function create(world: World, signal: AbortSignal): Promise<number> {
  const version = ownVersion();
  const asked = readArguments(world, version);
  if (asked === undefined) return exit.done;
  const plan = await makePlan(asked, world);
  if (plan === undefined) return giveUp(world);
  await makeProject(plan, { version, signal }).catch((error: NodeJS.ErrnoException) => {
    if (signal.aborted) throw error;
    throw new Refusal(`Could not make ${plan.folder}: ${error.message}`, 'Nothing was left behind.');
  });

  const failure = plan.install ? await installAloud(plan, world, signal) : undefined;
  if (plan.git && !signal.aborted && makeRepository(plan.folder) === 'empty')
    world.output.write('git made no first commit; `git commit` in the folder says why.\n');
  const installed = plan.install && failure === undefined;
  world.output.write(`\n${lastWords(plan, { cwd: world.cwd, installed })}\n`);
  if (signal.aborted) return exit.interrupted;
  return failure === undefined ? exit.done : exit.refused;
}

async function installAloud(plan: Plan, world: World, signal: AbortSignal): Promise<string | undefined> {
  world.output.write(`Installing with ${plan.pm}. This can take half a minute.\n`);
  const failure = await install(plan, signal);
  if (failure !== undefined)
    world.errors.write(`${failure}\n\nThe project is there, its dependencies are not.\n`);
  return failure;
}

function giveUp({ errors }: World): number {
  errors.write('Nothing was made.\n');
  return exit.interrupted;
}

function ownVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version; // our own file
}
