import type { ContentBlock, ResourceContents } from '@modelcontextprotocol/client';

/** A block of a result, as a person reads it. Bytes are named, not shown. */
export function contentText(block: ContentBlock): string {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'image':
    case 'audio':
      return `[${block.type} ${block.mimeType}, ${sizeOf(block.data)}]`;
    case 'resource_link':
      return `[${block.title ?? block.name} ${block.uri}]`;
    case 'resource':
      return resourceText(block.resource);
  }
}

export function resourceText(contents: ResourceContents): string {
  if ('text' in contents) return String(contents.text);
  const bytes = 'blob' in contents ? sizeOf(String(contents.blob)) : 'empty';
  return `[${contents.uri} ${contents.mimeType ?? 'of unknown type'}, ${bytes}]`;
}

function sizeOf(base64: string): string {
  return `${Buffer.byteLength(base64, 'base64')} bytes`;
}
