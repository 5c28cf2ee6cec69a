import type { GetPromptResult, PromptMessage } from '@modelcontextprotocol/server';
import type { PromptEntry } from '../../catalog/index.js';
import { RepriseError } from '../../errors/index.js';
import { isContentBlock, text } from './content.js';
import { scalarText } from './scalar-text.js';

/** Makes a prompt's messages of what its handler returned: text and content blocks speak as the user. Throws INVALID_RETURN. */
export function toPromptResult(returned: unknown, { definition, handler }: PromptEntry): GetPromptResult {
  if (isResult(returned)) return returned;
  const parts = Array.isArray(returned) ? returned : [returned];
  const messages = parts.map(toMessage);
  if (messages.length === 0 || !messages.every((message) => message !== undefined))
    throw new RepriseError('INVALID_RETURN', `The prompt "${definition.name}" returned no messages.`, {
      where: handler.where,
      fix: 'Return a string, messages, or a full result.',
    });
  return { ...(definition.description !== undefined && { description: definition.description }), messages };
}

function toMessage(part: unknown): PromptMessage | undefined {
  const bare = scalarText(part);
  if (bare !== undefined) return { role: 'user', content: text(bare) };
  if (isContentBlock(part)) return { role: 'user', content: part };
  return isMessage(part) ? part : undefined;
}

function isMessage(value: unknown): value is PromptMessage {
  if (typeof value !== 'object' || value === null || !('role' in value) || !('content' in value))
    return false;
  return (value.role === 'user' || value.role === 'assistant') && isContentBlock(value.content);
}

function isResult(value: unknown): value is GetPromptResult {
  if (typeof value !== 'object' || value === null || !('messages' in value)) return false;
  return Array.isArray(value.messages) && value.messages.every(isMessage);
}
