import { type Catalog, completionScopes, findResource } from '../catalog/index.js';

type Fields = Readonly<Record<string, unknown>>;

/** See `Host.requiredScopes`: whatever comes is looked at with care, since nobody has checked it yet. */
export function requiredScopes(catalog: Catalog, message: unknown): readonly string[] {
  if (!Array.isArray(message)) return isObject(message) ? scopesOf(catalog, message) : [];
  return [...new Set(message.filter(isObject).flatMap((request) => scopesOf(catalog, request)))];
}

function scopesOf(catalog: Catalog, { method, params }: Fields): readonly string[] {
  if (!isObject(params)) return [];
  switch (method) {
    case 'tools/call':
      return catalog.tools.get(textIn(params, 'name'))?.handler.scopes ?? [];
    case 'prompts/get':
      return catalog.prompts.get(textIn(params, 'name'))?.handler.scopes ?? [];
    case 'resources/read':
    case 'resources/subscribe':
      return resourceScopes(catalog, params['uri']);
    case 'subscriptions/listen':
      return listenScopes(catalog, params['notifications']);
    case 'completion/complete':
      return completionTargetScopes(catalog, params);
    default:
      return [];
  }
}

function resourceScopes(catalog: Catalog, uri: unknown): readonly string[] {
  return typeof uri === 'string' ? (findResource(catalog, uri)?.entry.handler.scopes ?? []) : [];
}

function listenScopes(catalog: Catalog, notifications: unknown): readonly string[] {
  const uris = isObject(notifications) ? notifications['resourceSubscriptions'] : undefined;
  if (!Array.isArray(uris)) return [];
  return [...new Set(uris.flatMap((uri) => resourceScopes(catalog, uri)))];
}

function completionTargetScopes(catalog: Catalog, { ref, argument }: Fields): readonly string[] {
  if (!isObject(ref) || !isObject(argument)) return [];
  const name = textIn(argument, 'name');
  return ref['type'] === 'ref/prompt'
    ? completionScopes(catalog, { prompt: textIn(ref, 'name'), argument: name })
    : completionScopes(catalog, { template: textIn(ref, 'uri'), variable: name });
}

/** No component is called by the empty text. */
function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
