import type { ContentBlock } from '@modelcontextprotocol/server';

/** A text block. */
export function text(value: string): ContentBlock {
  return { type: 'text', text: value };
}

/** An image block. `data` as bytes, or as base64 text. */
export function image(data: Uint8Array | string, mimeType: string): ContentBlock {
  return { type: 'image', data: toBase64(data), mimeType };
}

/** An audio block. `data` as bytes, or as base64 text. */
export function audio(data: Uint8Array | string, mimeType: string): ContentBlock {
  return { type: 'audio', data: toBase64(data), mimeType };
}

/** A resource inside of the answer: text, or bytes. */
export function embed(uri: string, content: string | Uint8Array, mimeType?: string): ContentBlock {
  const body = typeof content === 'string' ? { text: content } : { blob: toBase64(content) };
  return { type: 'resource', resource: { uri, ...(mimeType !== undefined && { mimeType }), ...body } };
}

/** A pointer to a resource that the client may read. */
export function link(
  uri: string,
  name: string,
  options: { title?: string; description?: string; mimeType?: string } = {},
): ContentBlock {
  return { type: 'resource_link', uri, name, ...options };
}

export function toBase64(data: Uint8Array | string): string {
  return typeof data === 'string' ? data : Buffer.from(data).toString('base64');
}

const contentTypes = new Set(['text', 'image', 'audio', 'resource', 'resource_link']);

export function isContentBlock(value: unknown): value is ContentBlock {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  if (typeof value.type !== 'string' || !contentTypes.has(value.type)) return false;
  switch (value.type) {
    case 'text':
      return 'text' in value && typeof value.text === 'string';
    case 'image':
    case 'audio':
      return 'data' in value && 'mimeType' in value;
    case 'resource':
      return 'resource' in value;
    default:
      return 'uri' in value && 'name' in value;
  }
}
