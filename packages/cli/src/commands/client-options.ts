import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Format } from '../output/format.js';
import type { Era } from '../target/connect.js';

/** What every command that talks to a server takes. */
export interface ClientOptions {
  readonly era: Era;
  readonly header: Readonly<Record<string, string>>;
  /** In seconds; a person may take long to answer. */
  readonly timeout: number;
  readonly format: Format;
}

/** What the commands take whose handlers may ask. */
export interface AnswerOptions extends ClientOptions {
  readonly answer: readonly string[];
  readonly answers?: string;
  readonly yes: boolean;
  readonly decline: boolean;
  readonly sample: readonly string[];
  readonly logLevel: string;
}

export const logLevels = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'];

export function withClientOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--era <era>', 'the protocol to speak')
        .choices(['auto', 'legacy', 'modern'])
        .default('auto'),
    )
    .option('--header <name: value>', 'a header of every HTTP request; may be repeated', header, {})
    .option('--timeout <seconds>', 'how long an answer may take, people included', seconds, 600)
    .addOption(
      new Option('--format <format>', 'text, or the result as it came')
        .choices(['text', 'json'])
        .default('text'),
    );
}

export function withAnswerOptions(command: Command): Command {
  return withClientOptions(command)
    .option('--answer <field=value>', 'answers a field of a question; may be repeated', collect, [])
    .option(
      '--answers <file>',
      'a JSON file: an object of field → value, or a list with one entry per question',
    )
    .option('--yes', 'accept what has no fields: confirmations and pages', false)
    .option('--decline', 'decline every question', false)
    .option('--sample <text>', 'what the model says when the server asks it; may be repeated', collect, [])
    .addOption(
      new Option('--log-level <level>', 'the log messages to be shown').choices(logLevels).default('info'),
    );
}

export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function header(line: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const at = line.indexOf(':');
  if (at < 1) throw new InvalidArgumentError("Write it as 'name: value'.");
  return { ...before, [line.slice(0, at).trim()]: line.slice(at + 1).trim() };
}

function seconds(value: string): number {
  const count = Number(value);
  if (!(count > 0)) throw new InvalidArgumentError('Write a number of seconds.');
  return count;
}
