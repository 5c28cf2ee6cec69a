import { CommandError, type ExitCode, exitCodes } from '../command-error.js';
import { contentText } from '../output/content-text.js';
import { writeResult } from '../output/format.js';
import type { Surroundings } from '../surroundings.js';
import type { TargetWords } from '../target/resolve-target.js';
import type { AnswerOptions } from './client-options.js';
import { converse } from './conversation.js';

export interface PromptOptions extends AnswerOptions {
  readonly arg: readonly string[];
}

/** `reprise prompt`: prints the messages of a prompt. */
export async function prompt(
  { name, ...words }: TargetWords & { readonly name: string },
  options: PromptOptions,
  around: Surroundings,
): Promise<ExitCode> {
  const args = Object.fromEntries(options.arg.map(pairOf));
  const result = await converse(words, { options, around }, ({ client, requestOptions, _meta }) =>
    client.getPrompt({ name, arguments: args, _meta }, requestOptions),
  );
  const text = () =>
    result.messages.map(({ role, content }) => `${role}: ${contentText(content)}`).join('\n');
  writeResult(around.stdout, options.format, { raw: result, text });
  return exitCodes.done;
}

/** The arguments of prompts are text. */
function pairOf(pair: string): [string, string] {
  const at = pair.indexOf('=');
  if (at < 1) throw new CommandError(`--arg ${pair} is no argument.`, 'Write --arg name=value.');
  return [pair.slice(0, at), pair.slice(at + 1)];
}
