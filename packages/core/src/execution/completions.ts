import type { CompleteResult } from '@modelcontextprotocol/server';
import { type Catalog, completionScopes } from '../catalog/index.js';
import type { Call } from '../context/index.js';
import { ProtocolError } from '../errors/index.js';
import type { CompletionTarget } from '../metadata/index.js';
import { rpcCodes } from '../middleware/index.js';
import type { Invocation } from './invocation.js';
import type { Reach } from './reach/reach.js';
import { callHandler } from './resolve-parameters.js';

/** The protocol allows no more values in one answer. */
const maxValues = 100;

/** Suggestions for an argument; none where the server has no completion for it. Throws ProtocolError for unknown prompts and templates, and InsufficientScopeError. */
export function completionInvocation(
  reach: Reach,
  call: Call & { method: 'completion/complete' },
): Invocation<CompleteResult> {
  const { target, typed, resolved } = call;
  const { catalog } = reach;
  assertKnown(catalog, target);
  reach.demand('The completion', completionScopes(catalog, target));
  const entry = catalog.completion(target);
  return {
    call,
    where: entry?.handler.where ?? call.method,
    middleware: entry?.handler.middleware ?? [],
    canAsk: false,
    async run(context) {
      if (!entry) return { completion: { values: [], total: 0, hasMore: false } };
      const returned = await callHandler(entry.handler, {
        context,
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
