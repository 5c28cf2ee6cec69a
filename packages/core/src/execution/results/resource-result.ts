import type { ReadResourceResult } from '@modelcontextprotocol/server';
import type { ResourceEntry, TemplateEntry } from '../../catalog/index.js';
import { RepriseError } from '../../errors/index.js';
import { toPlain } from '../../schema/index.js';
import { toBase64 } from './content.js';
import { scalarText } from './scalar-text.js';

type Contents = ReadResourceResult['contents'][number];

/** Makes the contents of a resource of what its handler returned. Throws INVALID_RETURN. */
export function toResourceResult(
  returned: unknown,
  uri: string,
  entry: ResourceEntry | TemplateEntry,
): ReadResourceResult {
  if (isResult(returned)) return returned;
  if (Array.isArray(returned) && returned.length > 0 && returned.every(isContents))
    return { contents: returned };
  if (isContents(returned)) return { contents: [returned] };
  const { mimeType } = entry.definition;
  const bare = scalarText(returned);
  if (bare !== undefined) return { contents: [{ uri, mimeType: mimeType ?? 'text/plain', text: bare }] };
  if (returned instanceof Uint8Array)
    return {
      contents: [{ uri, mimeType: mimeType ?? 'application/octet-stream', blob: toBase64(returned) }],
    };
  const written = returned === undefined ? undefined : JSON.stringify(toPlain(returned));
  if (written === undefined)
    throw new RepriseError('INVALID_RETURN', `The resource ${uri} has no content.`, {
      where: entry.handler.where,
      fix: 'Return a string, bytes, an object, or contents.',
    });
  return { contents: [{ uri, mimeType: mimeType ?? 'application/json', text: written }] };
}

function isContents(value: unknown): value is Contents {
  if (typeof value !== 'object' || value === null || !('uri' in value) || typeof value.uri !== 'string')
    return false;
  return (
    ('text' in value && typeof value.text === 'string') || ('blob' in value && typeof value.blob === 'string')
  );
}

function isResult(value: unknown): value is ReadResourceResult {
  if (typeof value !== 'object' || value === null || !('contents' in value)) return false;
  return Array.isArray(value.contents) && value.contents.every(isContents);
}
