import type { Tool } from '@modelcontextprotocol/client';
import type { Offer } from '../output/listing.js';
import { asSchema, type Schema } from '../tool-arguments/schema-at.js';
import type { Finding } from './finding.js';

interface Limit {
  /** Who has this limit. */
  readonly clients: string;
  readonly offends: (tool: Tool, server: string) => string | undefined;
  readonly fix: string;
}

const combiners = ['anyOf', 'oneOf', 'allOf', 'not', 'enum'];
const deepest = 5;

/** What known clients refuse although the protocol allows it. */
const limits: readonly Limit[] = [
  {
    clients: 'Claude, OpenAI',
    offends: ({ name }) =>
      /^[\w-]{1,64}$/.test(name) ? undefined : 'the name is not 1 to 64 letters, digits, _ or -',
    fix: 'Give the tool another name: @Tool({ name }).',
  },
  {
    clients: 'Claude Code',
    offends: ({ name }, server) => tooLong(`mcp__${server}__${name}`, 64),
    fix: 'Shorten the name of the tool, or that of the server.',
  },
  {
    clients: 'Cursor',
    offends: ({ name }, server) => tooLong(`${server}:${name}`, 60),
    fix: 'Shorten the name of the tool, or that of the server.',
  },
  {
    clients: 'Claude, OpenAI',
    offends: ({ inputSchema }) => {
      const found = combiners.filter((keyword) => keyword in inputSchema);
      return found.length === 0 ? undefined : `the input has ${found.join(', ')} at the top level`;
    },
    fix: 'Put the alternatives into a property of the input.',
  },
  {
    clients: 'Gemini',
    offends: ({ inputSchema }) =>
      someSchema(inputSchema, (schema) => '$ref' in schema) ? 'the input has $ref' : undefined,
    fix: 'Write the type out where it is used, if it is not recursive.',
  },
  {
    clients: 'OpenAI, in strict mode',
    offends: ({ inputSchema }) =>
      depthOf(inputSchema) > deepest ? `the input is nested more than ${deepest} deep` : undefined,
    fix: 'Make the input flatter.',
  },
];

/** Warnings about what a server offers, one for each tool and limit. */
export function checkPortability({ server, tools }: Offer): Finding[] {
  const found = tools.flatMap((tool) =>
    limits.flatMap(({ clients, offends, fix }): Finding[] => {
      const what = offends(tool, server.name);
      return what === undefined
        ? []
        : [{ level: 'warning', what: `${what} (${clients})`, where: `tool ${tool.name}`, fix }];
    }),
  );
  if (found.length > 0) return found;
  return [
    { level: 'ok', what: `${tools.length} tools, fit for every client we know of`, where: server.name },
  ];
}

function tooLong(name: string, most: number): string | undefined {
  return name.length > most ? `${name} has ${name.length} characters, ${most} are allowed` : undefined;
}

function someSchema(schema: Schema, test: (schema: Schema) => boolean): boolean {
  return (
    test(schema) ||
    Object.values(schema).some((value) => childrenOf(value).some((child) => someSchema(child, test)))
  );
}

function childrenOf(value: unknown): Schema[] {
  return typeof value === 'object' && value !== null ? [value].flat().map(asSchema) : [];
}

function depthOf(schema: Schema): number {
  const inner = [...Object.values(asSchema(schema['properties'])), schema['items']].map(asSchema);
  const depths = inner.filter((child) => Object.keys(child).length > 0).map((child) => depthOf(child));
  return (schema['properties'] === undefined ? 0 : 1) + Math.max(0, ...depths);
}
