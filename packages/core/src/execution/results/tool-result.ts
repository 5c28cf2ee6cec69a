import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/server';
import type { ToolEntry } from '../../catalog/index.js';
import type { Context } from '../../context/index.js';
import { messageOf, RepriseError } from '../../errors/index.js';
import { toPlain } from '../../schema/index.js';
import { isContentBlock, text } from './content.js';
import { scalarText } from './scalar-text.js';

/** Makes a tool's result of what its handler returned. Throws INVALID_RETURN. */
export async function toToolResult(
  returned: unknown,
  tool: ToolEntry,
  context: Context,
): Promise<CallToolResult> {
  const value = isAsyncIterable(returned) ? await drain(returned, context) : returned;
  if (isToolResult(value)) return checkOutput(value, tool);
  const content = toContent(value);
  if (content && !tool.output) return { content };
  const structuredContent = plainOf(value, tool);
  const result = await checkOutput({ content: content ?? [], structuredContent }, tool);
  return content ? result : { ...result, content: [text(JSON.stringify(result.structuredContent))] };
}

export function refuseCall(message: string): CallToolResult {
  return { content: [text(message)], isError: true };
}

/** Blocks for what is text or content already; undefined for data. */
function toContent(value: unknown): ContentBlock[] | undefined {
  if (value === undefined || value === null) return [];
  const bare = scalarText(value);
  if (bare !== undefined) return [text(bare)];
  if (isContentBlock(value)) return [value];
  if (!Array.isArray(value)) return undefined;
  const isMixed =
    value.some(isContentBlock) && value.every((item) => isContentBlock(item) || typeof item === 'string');
  return isMixed ? value.map((item) => (typeof item === 'string' ? text(item) : item)) : undefined;
}

function plainOf(value: unknown, tool: ToolEntry): unknown {
  try {
    const written = JSON.stringify(toPlain(value));
    return written === undefined ? undefined : JSON.parse(written);
  } catch (cause) {
    throw invalidReturn(
      tool,
      `returned what cannot be written as JSON: ${messageOf(cause)}.`,
      'Return plain data.',
    );
  }
}

/** Throws INVALID_RETURN for a result that breaks the tool's output schema. */
export async function checkOutput(result: CallToolResult, tool: ToolEntry): Promise<CallToolResult> {
  if (!tool.output || result.isError) return result;
  const verdict = await tool.output.parse(result.structuredContent);
  // What was left out has its default now.
  if (verdict.ok) return { ...result, structuredContent: verdict.value };
  const problems = verdict.problems.map(({ path, message }) => `${path || 'result'}: ${message}`).join('; ');
  throw invalidReturn(
    tool,
    `broke its output schema: ${problems}.`,
    'Return what the output schema describes.',
  );
}

function invalidReturn(tool: ToolEntry, what: string, fix: string): RepriseError {
  return new RepriseError('INVALID_RETURN', `The tool "${tool.definition.name}" ${what}`, {
    where: tool.handler.where,
    fix,
  });
}

function isToolResult(value: unknown): value is CallToolResult {
  if (typeof value !== 'object' || value === null || !('content' in value)) return false;
  return Array.isArray(value.content) && value.content.every(isContentBlock);
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** Each part goes out as a progress message while the whole is put together. */
async function drain(parts: AsyncIterable<unknown>, context: Context): Promise<string> {
  let whole = '';
  let count = 0;
  for await (const part of parts) {
    const piece = scalarText(part) ?? JSON.stringify(part);
    whole += piece;
    await context.reportProgress(++count, undefined, piece);
  }
  return whole;
}
