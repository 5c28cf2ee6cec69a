import { type JsonSchema, RepriseError, type ServerDescription } from '@reprise/core';
import { TripDesk } from './trip-desk.js';

try {
  const description = await new TripDesk({ logLevel: 'warning' }).describe();
  process.stdout.write(`${[...sections(description)].join('\n\n')}\n`);
} catch (error) {
  if (!(error instanceof RepriseError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

type Row = readonly string[];

function* sections({ name, version, tools, prompts, resources }: ServerDescription): Generator<string> {
  yield `${name} ${version}`;
  for (const tool of tools) {
    yield section(`tool ${tool.name}`, tool.description, [
      ...fields('takes', tool.input),
      ...(tool.output === undefined ? [] : fields('gives', tool.output)),
      ...tool.runtimeOnly.map(({ in: side, path, rule }) => ['checked', path, `${rule} of the ${side}`]),
      ...warnings(tool.warnings),
    ]);
  }
  for (const prompt of prompts) {
    yield section(`prompt ${prompt.name}`, prompt.description, [
      ...prompt.arguments.map((one) => ['takes', mark(one.name, one.required), one.description ?? '']),
      ...prompt.runtimeOnly.map(({ path, rule }) => ['checked', path, rule]),
      ...warnings(prompt.warnings),
    ]);
  }
  for (const resource of resources) {
    yield section(`resource ${resource.uri}`, resource.description, warnings(resource.warnings));
  }
}

function section(title: string, description: string | undefined, rows: readonly Row[]): string {
  return [title, ...(description === undefined ? [] : [`  ${description}`]), ...table(rows)].join('\n');
}

/** One line for each property of a schema: its name, a `?` where it may be missing, and what the schema says of it. */
function fields(label: string, { properties = {}, required = [] }: JsonSchema): Row[] {
  const names = required as readonly string[]; // what JSON Schema keeps there
  return Object.entries(properties as Record<string, JsonSchema>).map(([name, { description, ...rules }]) => [
    label,
    mark(name, names.includes(name)),
    [said(rules), description].filter((part) => part !== undefined && part !== '').join('  '),
  ]);
}

function mark(name: string, required: boolean): string {
  return required ? name : `${name}?`;
}

function said({ type, ...rules }: JsonSchema): string {
  const rest = Object.entries(rules).map(([keyword, value]) => `${keyword} ${JSON.stringify(value)}`);
  return [type === undefined ? '' : JSON.stringify(type).replaceAll('"', ''), ...rest].join(' ').trim();
}

function warnings(found: ServerDescription['tools'][number]['warnings']): Row[] {
  return found.map(({ code, path = '', message }) => ['warning', path, `${code}: ${message}`]);
}

/** Columns as wide as their widest cell; the last one runs free. */
function table(rows: readonly Row[]): string[] {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
