import type { SamplingMessage, SamplingMessageContentBlock } from '@modelcontextprotocol/server';

type Content = SamplingMessage['content'];

/** Content is one block or several. */
export function blocksOf(content: Content): readonly SamplingMessageContentBlock[] {
  return Array.isArray(content) ? content : [content];
}

/** All text of a message, joined. */
export function textOf(content: Content): string {
  return blocksOf(content)
    .map((block) => (block.type === 'text' ? block.text : ''))
    .join('');
}

export function userText(text: string): SamplingMessage {
  return { role: 'user', content: { type: 'text', text } };
}
