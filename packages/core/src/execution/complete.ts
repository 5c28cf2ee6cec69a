import type { CompleteResult } from '@modelcontextprotocol/server';
import type { Catalog } from '../catalog/index.js';
import type { Context } from '../context/index.js';
import { ProtocolError } from '../errors/index.js';
import type { CompletionTarget } from '../metadata/index.js';
import { rpcCodes } from './outcome.js';
import { callHandler } from './resolve-parameters.js';

/** What the user has typed, and what is decided already. */
export interface CompletionRequest {
  target: CompletionTarget;
  typed: string;
  resolved: Readonly<Record<string, string>>;
}

/** The protocol allows no more values in one answer. */
const maxValues = 100;

/** Suggestions for an argument; none where the server has no completion for it. Throws ProtocolError for unknown prompts and templates. */
export async function complete(
  catalog: Catalog,
  { target, typed, resolved }: CompletionRequest,
  contextFor: (where: string) => Context,
): Promise<CompleteResult> {
  assertKnown(catalog, target);
  const entry = catalog.completion(target);
  if (!entry) return { completion: { values: [], total: 0, hasMore: false } };
  const returned = await callHandler(entry.handler, {
    context: contextFor(entry.handler.where),
    args: resolved,
    arg: (name) => (name === undefined ? typed : resolved[name]),
  });
  const values = Array.isArray(returned) ? returned.map(String) : [];
  return {
    completion: {
      values: values.slice(0, maxValues),
      total: values.length,
      hasMore: values.length > maxValues,
    },
  };
}

function assertKnown(catalog: Catalog, target: CompletionTarget): void {
  if ('prompt' in target) {
    if (catalog.prompts.has(target.prompt)) return;
    throw new ProtocolError(rpcCodes.invalidParams, `Unknown prompt: ${target.prompt}`);
  }
  const isKnown =
    catalog.templates.some(({ definition }) => definition.uriTemplate === target.template) ||
    catalog.resources.has(target.template);
  if (!isKnown)
    throw new ProtocolError(rpcCodes.invalidParams, `Unknown resource template: ${target.template}`, {
      uri: target.template,
    });
}
