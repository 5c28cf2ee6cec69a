import type { CallToolResult, ToolResultContent } from '@modelcontextprotocol/server';

/** What goes back to a model that called a tool. */
export type Answered = Pick<ToolResultContent, 'content' | 'isError' | 'structuredContent'>;

/** Of text, data, or `{ content, isError }`. */
export function answeredBy(returned: unknown): Answered {
  if (isToolResult(returned)) {
    const { content, isError: failed, structuredContent } = returned;
    return {
      content,
      ...(failed && { isError: true }),
      // the revisions before 2026-07-28 know objects only
      ...(isObject(structuredContent) && { structuredContent }),
    };
  }
  const text = typeof returned === 'string' ? returned : JSON.stringify(returned);
  return { content: text === undefined ? [] : [{ type: 'text', text }] };
}

/** What is wrong, for the model to act on. */
export function refusal(text: string): Answered {
  return { content: [{ type: 'text', text }], isError: true };
}

function isToolResult(value: unknown): value is CallToolResult {
  return isObject(value) && Array.isArray(value['content']);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
