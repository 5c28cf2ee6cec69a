import { matchSteps } from './match-steps.js';
import { parseTemplate, type QueryPart } from './parse-template.js';

export interface TemplateVariable {
  readonly name: string;
  /** Query and fragment variables may be missing in a URI that fits. */
  readonly optional: boolean;
}

export interface UriTemplate {
  readonly variables: readonly TemplateVariable[];
  /** The variables of a URI that fits, percent-decoded; those that are missing are left out. Never throws. */
  readonly match: (uri: string) => Record<string, string> | undefined;
}

/** Longer ones fit no template: no client needs them, and matching is linear in the length. */
const maxUriLength = 8192;

/**
 * Compiles a template of RFC 6570, levels 1 to 3. A variable in the path is at least one character;
 * query variables may come in any order, and a query parameter that the template does not name is no match.
 * Throws INVALID_NAME.
 */
export function uriTemplate(template: string, where: string): UriTemplate {
  const { path, query, fragment } = parseTemplate(template, where);
  const variables = [
    ...path.flatMap((step) => (step.kind === 'variable' ? [{ name: step.name, optional: false }] : [])),
    ...(query?.names ?? []).map((name) => ({ name, optional: true })),
    ...(fragment === undefined ? [] : [{ name: fragment, optional: true }]),
  ];
  const first = path[0]?.kind === 'literal' ? path[0].text : '';

  const match = (uri: string): Record<string, string> | undefined => {
    if (uri.length > maxUriLength || !uri.startsWith(first)) return undefined;
    const hash = fragment === undefined ? -1 : uri.indexOf('#');
    const beforeHash = hash < 0 ? uri : uri.slice(0, hash);
    const queryStart = query === undefined ? -1 : startOf(query, beforeHash);
    const inPath = matchSteps(path, queryStart < 0 ? beforeHash : beforeHash.slice(0, queryStart));
    const inQuery = queryStart < 0 ? [] : queryValues(beforeHash.slice(queryStart + 1), query?.names ?? []);
    if (inPath === undefined || inQuery === undefined) return undefined;
    const inFragment: [string, string][] =
      fragment === undefined || hash < 0 ? [] : [[fragment, uri.slice(hash + 1)]];
    return decoded([...inPath, ...inQuery, ...inFragment]);
  };
  return { variables, match };
}

/** Where the query variables of a URI begin: at its first `?`, or at the first `&` that the template does not spell out. */
function startOf({ operator, ampersandsBefore }: QueryPart, uri: string): number {
  let at = uri.indexOf('?');
  if (operator === '?' || at < 0) return at;
  for (let seen = 0; seen <= ampersandsBefore && at >= 0; seen++) at = uri.indexOf('&', at + 1);
  return at;
}

function queryValues(query: string, names: readonly string[]): [string, string][] | undefined {
  const values = new Map<string, string>();
  for (const pair of query.split('&')) {
    const [name = '', ...rest] = pair.split('=');
    if (!names.includes(name) || values.has(name)) return undefined;
    values.set(name, rest.join('='));
  }
  return [...values];
}

/** `Object.fromEntries` defines own properties, so a variable called `__proto__` is a variable like any other. */
function decoded(values: readonly (readonly [string, string])[]): Record<string, string> | undefined {
  try {
    return Object.fromEntries(values.map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    return undefined; // malformed percent-encoding
  }
}
