import type { Prompt, Resource, ResourceTemplateType, Tool } from '@modelcontextprotocol/client';
import { asSchema, follow, type Schema } from '../tool-arguments/schema-at.js';

/** All that a server offers. */
export interface Offer {
  readonly server: { readonly name: string; readonly version: string };
  readonly protocolVersion: string | undefined;
  readonly tools: readonly Tool[];
  readonly resources: readonly Resource[];
  readonly resourceTemplates: readonly ResourceTemplateType[];
  readonly prompts: readonly Prompt[];
}

/** The offer as a page: what is there, what it takes, what it is for. */
export function listing({
  server,
  protocolVersion,
  tools,
  resources,
  resourceTemplates,
  prompts,
}: Offer): string {
  const head = `${server.name} ${server.version}${protocolVersion === undefined ? '' : ` (${protocolVersion})`}`;
  return [
    head,
    ...group(
      'Tools',
      tools.map((tool) => entry(`${tool.name}${parametersOf(tool.inputSchema)}`, tool.description)),
    ),
    ...group(
      'Resources',
      resources.map(({ uri, description, name }) => entry(uri, description ?? name)),
    ),
    ...group(
      'Templates',
      resourceTemplates.map(({ uriTemplate, description, name }) => entry(uriTemplate, description ?? name)),
    ),
    ...group(
      'Prompts',
      prompts.map(({ name, arguments: args = [], description }) =>
        entry(
          `${name}(${args.map((arg) => (arg.required ? arg.name : `${arg.name}?`)).join(', ')})`,
          description,
        ),
      ),
    ),
  ].join('\n');
}

function group(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function entry(what: string, about: string | undefined): string {
  const [firstLine = ''] = (about ?? '').split('\n');
  return firstLine === '' ? `  ${what}` : `  ${what}\n      ${firstLine}`;
}

function parametersOf(schema: Schema): string {
  const required = [schema['required']].flat();
  const names = Object.entries(asSchema(schema['properties'])).map(
    ([name, property]) =>
      `${name}${required.includes(name) ? '' : '?'}: ${typeOf(schema, asSchema(property))}`,
  );
  return `(${names.join(', ')})`;
}

function typeOf(root: Schema, property: Schema): string {
  const schema = follow(root, property);
  const { enum: values, type, items } = schema;
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (type === 'array') return `${typeOf(root, asSchema(items))}[]`;
  return [type ?? 'any'].flat().join(' | ');
}
