import { Command } from 'commander';
import { call, type CallOptions } from './commands/call.js';
import {
  type AnswerOptions,
  type ClientOptions,
  collect,
  withAnswerOptions,
  withClientOptions,
} from './commands/client-options.js';
import { dev, type DevOptions } from './commands/dev.js';
import { doctor, type DoctorOptions } from './commands/doctor.js';
import { inspect } from './commands/inspect.js';
import { list } from './commands/list.js';
import { prompt, type PromptOptions } from './commands/prompt.js';
import { read } from './commands/read.js';
import type { ExitCode } from './command-error.js';
import type { Surroundings } from './surroundings.js';

const targetHelp = 'a URL, a file, or -- and a command; by default src/main.ts, else "main" of package.json';

/**
 * The commands and their options. `behind` is what stands behind `--`; the command that ran hands its exit code to
 * `ended`.
 */
export function buildProgram(
  behind: readonly string[],
  around: Surroundings,
  ended: (code: ExitCode) => void,
): Command {
  const words = (place: string | undefined) => ({ place, program: behind });
  const program = new Command('reprise')
    .description('The development loop of an MCP server')
    .option('--verbose', 'show the stack of what fails')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => around.stdout.write(text),
      writeErr: (text) => around.stderr.write(text),
    });

  program
    .command('dev')
    .description('compile, run, and start again after every change')
    .argument('[entry]', 'the file that starts the server', 'src/main.ts')
    .option('--project <tsconfig>', 'the tsconfig.json; by default the nearest one')
    .option('--grace <ms>', 'how long the server has to end before it is killed', Number, 2000)
    .addHelpText(
      'after',
      '\nWhat follows -- are arguments of the server: reprise dev src/main.ts -- --port 3000',
    )
    .action(async (entry: string, options: DevOptions) =>
      ended(await dev({ entry, args: behind }, options, around)),
    );

  withClientOptions(
    program.command('list').description('what a server offers').argument('[target]', targetHelp),
  ).action(async (place: string | undefined, options: ClientOptions) =>
    ended(await list(words(place), options, around)),
  );

  withAnswerOptions(program.command('call').description('call a tool, and answer what it asks'))
    .argument('<tool>')
    .argument('[target]', targetHelp)
    .option(
      '--arg <name=value>',
      'an argument, typed by the schema of the tool; may be repeated',
      collect,
      [],
    )
    .option('--json <object>', 'all arguments as JSON')
    .action(async (name: string, place: string | undefined, options: CallOptions) =>
      ended(await call({ name, ...words(place) }, options, around)),
    );

  withAnswerOptions(program.command('read').description('print a resource'))
    .argument('<uri>')
    .argument('[target]', targetHelp)
    .action(async (uri: string, place: string | undefined, options: AnswerOptions) =>
      ended(await read({ uri, ...words(place) }, options, around)),
    );

  withAnswerOptions(program.command('prompt').description('print the messages of a prompt'))
    .argument('<name>')
    .argument('[target]', targetHelp)
    .option('--arg <name=value>', 'an argument; may be repeated', collect, [])
    .action(async (name: string, place: string | undefined, options: PromptOptions) =>
      ended(await prompt({ name, ...words(place) }, options, around)),
    );

  withClientOptions(program.command('doctor').description('look for what keeps a server from working'))
    .argument('[target]', `also look at what this server offers: ${targetHelp.split(';', 1)[0]}`)
    .option('--project <tsconfig>', 'the tsconfig.json; by default the nearest one')
    .option('--json', 'the findings as JSON', false)
    .action(async (place: string | undefined, options: DoctorOptions) =>
      ended(await doctor(words(place), options, around)),
    );

  program
    .command('inspect')
    .description('open the MCP Inspector, if it is installed, on a server')
    .argument('[target]', targetHelp)
    .action(async (place: string | undefined) => ended(await inspect(words(place), around)));

  return program;
}
