import { type ExitCode, exitCodes } from '../command-error.js';
import { resourceText } from '../output/content-text.js';
import { writeResult } from '../output/format.js';
import type { Surroundings } from '../surroundings.js';
import type { TargetWords } from '../target/resolve-target.js';
import type { AnswerOptions } from './client-options.js';
import { converse } from './conversation.js';

/** `reprise read`: prints a resource. */
export async function read(
  { uri, ...words }: TargetWords & { readonly uri: string },
  options: AnswerOptions,
  around: Surroundings,
): Promise<ExitCode> {
  const result = await converse(words, { options, around }, ({ client, requestOptions, _meta }) =>
    client.readResource({ uri, _meta }, requestOptions),
  );
  writeResult(around.stdout, options.format, {
    raw: result,
    text: () => result.contents.map(resourceText).join('\n'),
  });
  return exitCodes.done;
}
