import type { CallToolResult, GetPromptResult, ReadResourceResult } from '@modelcontextprotocol/server';
import { findResource, type PromptEntry, type ResourceEntry, type TemplateEntry } from '../catalog/index.js';
import type { Context } from '../context/index.js';
import { ProtocolError } from '../errors/index.js';
import { rpcCodes } from '../middleware/index.js';
import type { Parsed } from '../schema/index.js';
import { InvalidArgumentsError } from './failures.js';
import type { Invocation } from './invocation.js';
import { didYouMean } from './near-matches.js';
import type { Reach } from './reach/reach.js';
import { toPromptResult } from './results/prompt-result.js';
import { callHandler } from './resolve-parameters.js';
import { toResourceResult } from './results/resource-result.js';
import { checkOutput, refuseCall, toToolResult } from './results/tool-result.js';

/** Throws ProtocolError -32602 for a tool that does not exist, and InsufficientScopeError. */
export function toolInvocation(
  reach: Reach,
  name: string,
  args: Readonly<Record<string, unknown>> = {},
): Invocation<CallToolResult> {
  const { tools } = reach.catalog;
  const entry = tools.get(name);
  if (!entry)
    throw new ProtocolError(
      rpcCodes.invalidParams,
      `Unknown tool: ${name}.${didYouMean(name, reach.names(tools))}`,
    );
  reach.demand(`The tool ${name}`, entry.handler.scopes);
  return {
    call: { method: 'tools/call', name, arguments: args },
    where: entry.handler.where,
    middleware: entry.handler.middleware,
    canAsk: true,
    check: (result) => checkOutput(result, entry),
    refuse: refuseCall,
    async run(context) {
      const values = accepted(name, await entry.input.parse(args));
      return toToolResult(await callHandler(entry.handler, { context, ...named(values) }), entry, context);
    },
  };
}

/** Throws ProtocolError -32602 for a prompt that does not exist, and InsufficientScopeError. */
export function promptInvocation(
  reach: Reach,
  name: string,
  args: Readonly<Record<string, string>> = {},
): Invocation<GetPromptResult> {
  const { prompts } = reach.catalog;
  const entry = prompts.get(name);
  if (!entry)
    throw new ProtocolError(
      rpcCodes.invalidParams,
      `Unknown prompt: ${name}.${didYouMean(name, reach.names(prompts))}`,
    );
  reach.demand(`The prompt ${name}`, entry.handler.scopes);
  return {
    call: { method: 'prompts/get', name, arguments: args },
    where: entry.handler.where,
    middleware: entry.handler.middleware,
    canAsk: true,
    async run(context) {
      const values = accepted(name, await entry.input.parseStrings(wantedBy(entry, args)));
      return toPromptResult(await callHandler(entry.handler, { context, ...named(values) }), entry);
    },
  };
}

/** What a prompt does not know is ignored: a person filled in the client's form, and cannot mend the names in it. */
function wantedBy({ input }: PromptEntry, args: Readonly<Record<string, string>>) {
  if (input.jsonSchema['additionalProperties'] !== false) return args;
  const known = new Set(input.properties.map(({ name }) => name));
  return Object.fromEntries(Object.entries(args).filter(([name]) => known.has(name)));
}

/** Throws ProtocolError -32602 with `data.uri` for a resource that does not exist, and InsufficientScopeError. */
export function resourceInvocation(reach: Reach, uri: string): Invocation<ReadResourceResult> {
  const found = findResource(reach.catalog, uri);
  if (!found) {
    const near = didYouMean(uri, reach.names(reach.catalog.resources));
    throw new ProtocolError(rpcCodes.invalidParams, `Resource not found: ${uri}${near && `.${near}`}`, {
      uri,
    });
  }
  const { entry, variables } = found;
  reach.demand(`The resource ${uri}`, entry.handler.scopes);
  return {
    call: { method: 'resources/read', uri },
    where: entry.handler.where,
    middleware: entry.handler.middleware,
    canAsk: true,
    async run(context) {
      const params = await paramsOf(entry, uri, variables);
      const result = toResourceResult(await callHandler(entry.handler, { context, params }), uri, entry);
      return withCacheHint(result, entry, context);
    },
  };
}

async function paramsOf(
  entry: ResourceEntry | TemplateEntry,
  uri: string,
  variables: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  if (entry.kind === 'resource') return {};
  const parsed = await entry.variables.parseStrings(variables);
  if (parsed.ok) return parsed.value as Record<string, unknown>; // compileArguments() yields an object by name
  const problems = parsed.problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new ProtocolError(rpcCodes.invalidParams, `Resource not found: ${uri} (${problems})`, { uri });
}

/** Legacy clients must not see the fields; their schema has none. */
function withCacheHint(
  result: ReadResourceResult,
  { cache }: ResourceEntry | TemplateEntry,
  { era }: Context,
) {
  return cache && era === 'modern' ? { ...result, ...cache } : result;
}

function accepted(target: string, parsed: Parsed<unknown>): unknown {
  if (parsed.ok) return parsed.value;
  throw new InvalidArgumentsError(target, parsed.problems);
}

/** The arguments as a whole for @Args, and one by one for @Arg. */
function named(values: unknown) {
  const byName = values as Readonly<Record<string, unknown>>; // both compilers yield objects
  return { args: values, arg: (name: string | undefined) => (name === undefined ? undefined : byName[name]) };
}
