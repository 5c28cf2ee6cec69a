import type { Catalog, CatalogEntry, PromptEntry, ToolEntry } from '../catalog/index.js';
import { type CompiledSchema, type JsonSchema, propertiesBelow } from '../schema/index.js';
import type {
  ComponentDescription,
  DescriptionWarning,
  PromptDescription,
  RuntimeRule,
  ServerDescription,
  ToolDescription,
} from './description.js';

/** In bytes, as JSON. */
const largeSchema = 10 * 1024;

/** The diagnostics of a catalog. */
export function describeCatalog({ info, tools, prompts, resources, templates }: Catalog): ServerDescription {
  const { name, version } = info;
  return {
    name,
    version,
    tools: Array.from(tools.values(), describeTool),
    prompts: Array.from(prompts.values(), describePrompt),
    resources: [
      ...Array.from(resources.values(), (entry) => ({ ...describe(entry), uri: entry.definition.uri })),
      ...templates.map((entry) => ({ ...describe(entry), uri: entry.definition.uriTemplate })),
    ],
  };
}

function describeTool(entry: ToolEntry): ToolDescription {
  const { input, output } = entry;
  const runtimeOnly = [
    ...rulesOf('input', input),
    ...(output === undefined ? [] : rulesOf('output', output)),
  ];
  const warnings = [
    ...undescribed(input.jsonSchema),
    ...ofSchema('input', input),
    ...(output === undefined ? [] : ofSchema('output', output)),
  ];
  return {
    ...describe(entry, warnings),
    input: input.jsonSchema,
    ...(output !== undefined && { output: output.jsonSchema }),
    runtimeOnly,
  };
}

function describePrompt(entry: PromptEntry): PromptDescription {
  const { input } = entry;
  const warnings = [...undescribed(input.jsonSchema), ...ofSchema('input', input)];
  return {
    ...describe(entry, warnings),
    arguments: input.properties,
    runtimeOnly: rulesOf('input', input),
  };
}

function describe(
  { definition, handler, kind }: CatalogEntry,
  warnings: readonly DescriptionWarning[] = [],
): ComponentDescription {
  const { name, description } = definition;
  const silent: DescriptionWarning = {
    code: 'NO_DESCRIPTION',
    message: `Say what the ${kind} is for: a model chooses by it.`,
  };
  return {
    name,
    ...(description !== undefined && { description }),
    handler: handler.where,
    ...(handler.scopes.length > 0 && { scopes: handler.scopes }),
    warnings: [...(description === undefined ? [silent] : []), ...warnings],
  };
}

function rulesOf(direction: RuntimeRule['in'], { runtimeOnly }: CompiledSchema): RuntimeRule[] {
  return runtimeOnly.map((rule) => ({ in: direction, ...rule }));
}

function undescribed(schema: JsonSchema): DescriptionWarning[] {
  return propertiesBelow(schema)
    .filter(
      ({ schema: property }) => property['description'] === undefined && property['const'] === undefined,
    )
    .map(({ path }) => ({
      code: 'UNDESCRIBED_PROPERTY',
      path,
      message: 'Say what the property means, with @Description or the description of its schema.',
    }));
}

function ofSchema(
  direction: RuntimeRule['in'],
  { jsonSchema, ignored = [] }: CompiledSchema,
): DescriptionWarning[] {
  const bytes = Buffer.byteLength(JSON.stringify(jsonSchema));
  const open = propertiesBelow(jsonSchema).filter(({ schema }) => takesAnything(schema));
  return [
    ...open.map(({ path }) => warning('ANY_VALUE', path, `The ${direction} schema takes any value here.`)),
    ...ignored.map((path) =>
      warning(
        'IGNORED_PROPERTY',
        path,
        'It has a @Type and no rule of class-validator: add one, or @Allow().',
      ),
    ),
    ...(bytes > largeSchema
      ? [{ code: 'LARGE_SCHEMA' as const, message: `The ${direction} schema has ${bytes} bytes.` }]
      : []),
  ];
}

function warning(code: DescriptionWarning['code'], path: string, message: string): DescriptionWarning {
  return { code, path, message };
}

const annotations: ReadonlySet<string> = new Set(['title', 'description', 'default', 'examples']);

function takesAnything(schema: JsonSchema): boolean {
  return Object.keys(schema).every((keyword) => annotations.has(keyword));
}
