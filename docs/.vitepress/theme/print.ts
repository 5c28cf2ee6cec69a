const width = 46;

/** A value in the notation of source code, short parts on one line. */
export function print(value: unknown, indent = ''): string {
  const flat = inline(value);
  if (indent.length + flat.length <= width || typeof value !== 'object' || value === null) return flat;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const lines = entriesOf(value).map(([name, part]) => `${inner}${name}${print(part, inner)},`);
  return [open, ...lines, `${indent}${close}`].join('\n');
}

function inline(value: unknown): string {
  if (typeof value === 'string') return value === '…' ? value : `'${value}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  const parts = entriesOf(value).map(([name, part]) => `${name}${inline(part)}`);
  return Array.isArray(value) ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
}

function entriesOf(value: object): [string, unknown][] {
  if (Array.isArray(value)) return value.map((part: unknown) => ['', part]);
  return Object.entries(value).map(([name, part]) => [`${name}: `, part]);
}
