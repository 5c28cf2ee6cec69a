import { Command, CommanderError, Option } from 'commander';
import { type PackageManager, packageManagers } from './package-manager.js';
import { Refusal } from '../refusal.js';
import { type TemplateName, templateNames } from './template.js';
import type { World } from '../world.js';

/** The command line, understood; what is missing is asked for, or has a default. */
export interface Arguments {
  readonly name: string | undefined;
  readonly template: TemplateName | undefined;
  readonly pm: PackageManager | undefined;
  readonly install: boolean;
  readonly git: boolean;
  readonly yes: boolean;
}

/** Undefined when the line asked for help or the version, which are printed. Throws Refusal for what it cannot understand. */
export function readArguments({ args, output }: World, version: string): Arguments | undefined {
  const command = describeCommand(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => output.write(text), outputError: () => undefined });
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new Refusal(
      error.message.replace(/^error: /, ''),
      'npx create-mcp-app --help shows what can be said.',
    );
  }
  // commander's types do not know the options; their values are checked by choices() above
  return { name: command.args[0], ...command.opts<Omit<Arguments, 'name'>>() };
}

function describeCommand(version: string): Command {
  return new Command('create-mcp-app')
    .description('Makes an MCP server of your own: a project with a server, a test and a development loop.')
    .argument('[name]', 'the folder and name of the project; . for the current, empty folder')
    .addOption(new Option('--template <template>', 'what to begin with').choices(templateNames))
    .addOption(
      new Option('--pm <manager>', 'package manager (the one that runs this)').choices(packageManagers),
    )
    .option('--no-install', 'leave the dependencies to you')
    .option('--no-git', 'make no repository')
    .option('-y, --yes', 'ask nothing, take the defaults', false)
    .version(version)
    .allowExcessArguments(false)
    .addHelpText('after', '\nWithout a terminal nothing is asked. The defaults: my-mcp-app, stdio, npm.');
}
