import type { CallToolResult, Tool } from '@modelcontextprotocol/client';
import { CommandError, type ExitCode, exitCodes } from '../command-error.js';
import { contentText } from '../output/content-text.js';
import { writeResult } from '../output/format.js';
import type { Surroundings } from '../surroundings.js';
import type { TargetWords } from '../target/resolve-target.js';
import { readArguments } from '../tool-arguments/read-arguments.js';
import type { AnswerOptions } from './client-options.js';
import { converse } from './conversation.js';

export interface CallOptions extends AnswerOptions {
  readonly arg: readonly string[];
  readonly json?: string;
}

/** `reprise call`: calls a tool, answers what it asks, prints what it returns. */
export async function call(
  { name, ...words }: TargetWords & { readonly name: string },
  options: CallOptions,
  around: Surroundings,
): Promise<ExitCode> {
  const result = await converse(words, { options, around }, async ({ client, requestOptions, _meta }) => {
    const tool = find(name, (await client.listTools()).tools);
    const args = readArguments(options.arg, options.json, tool.inputSchema);
    return client.callTool({ name, arguments: args, _meta }, requestOptions);
  });
  writeResult(around.stdout, options.format, { raw: result, text: () => textOf(result) });
  return result.isError ? exitCodes.refused : exitCodes.done;
}

function find(name: string, tools: readonly Tool[]): Tool {
  const tool = tools.find((one) => one.name === name);
  if (tool) return tool;
  const names = tools.map((one) => one.name).join(', ');
  throw new CommandError(
    `There is no tool ${name}.`,
    names === '' ? 'The server offers no tools.' : `Call one of: ${names}.`,
  );
}

function textOf({ content, structuredContent }: CallToolResult): string {
  if (content.length > 0) return content.map(contentText).join('\n');
  return structuredContent === undefined ? '' : JSON.stringify(structuredContent, null, 2);
}
