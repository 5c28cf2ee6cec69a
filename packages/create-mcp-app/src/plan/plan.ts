import { isCancel, select, text } from '@clack/prompts';
import type { Arguments } from './arguments.js';
import { detectPackageManager, type PackageManager } from './package-manager.js';
import { findPlace, type Place } from './place.js';
import { defaultName } from './project-name.js';
import { Refusal } from '../refusal.js';
import { templateHints, type TemplateName, templateNames } from './template.js';
import type { World } from '../world.js';

/** All that is needed to make a project. */
export interface Plan extends Place {
  readonly template: TemplateName;
  readonly pm: PackageManager;
  readonly install: boolean;
  readonly git: boolean;
}

/**
 * Completes the command line: on a terminal by asking, otherwise with defaults. Undefined when the user gave up.
 * Throws Refusal as soon as an answer cannot work, before the next question.
 */
export async function makePlan(asked: Arguments, world: World): Promise<Plan | undefined> {
  const { cwd, userAgent } = world;
  const asks = !asked.yes && world.input.isTTY === true && world.output.isTTY === true;
  const name = asked.name ?? (asks ? await askName(world) : defaultName);
  if (name === undefined) return undefined;
  const place = findPlace(name, cwd);
  const template = asked.template ?? (asks ? await askTemplate(world) : 'stdio');
  if (template === undefined) return undefined;
  const pm = asked.pm ?? detectPackageManager(userAgent);
  return { ...place, template, pm, install: asked.install, git: asked.git };
}

async function askName({ cwd, input, output }: World): Promise<string | undefined> {
  const answer = await text({
    message: 'What is your server called?',
    placeholder: defaultName,
    defaultValue: defaultName,
    validate: (value) => refusalOf(value || defaultName, cwd),
    input,
    output,
  });
  return isCancel(answer) ? undefined : answer;
}

async function askTemplate({ input, output }: World): Promise<TemplateName | undefined> {
  const options = templateNames.map((value) => ({ value, label: value, hint: templateHints[value] }));
  const answer = await select({ message: 'What does it begin with?', options, input, output });
  return isCancel(answer) ? undefined : answer;
}

function refusalOf(name: string, cwd: string): string | undefined {
  try {
    findPlace(name, cwd);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return `${error.message} ${error.fix}`;
    throw error;
  }
}
