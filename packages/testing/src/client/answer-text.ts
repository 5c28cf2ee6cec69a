import type { CallToolResult, GetPromptResult, ReadResourceResult } from '@modelcontextprotocol/client';

/** The text blocks of a tool's answer, joined. */
export function toolText({ content }: CallToolResult): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

/** The text contents of a resource, joined. */
export function resourceText({ contents }: ReadResourceResult): string {
  return contents.map((part) => ('text' in part ? part.text : '')).join('');
}

/** The text messages of a prompt, a line each. */
export function promptText({ messages }: GetPromptResult): string {
  return messages.map(({ content }) => (content.type === 'text' ? content.text : '')).join('\n');
}
