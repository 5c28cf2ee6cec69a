import type { McpServer } from '@reprise/core';

export async function hints(server: McpServer): Promise<string[]> {
  const { tools } = await server.describe();
  return tools.flatMap(({ name, runtimeOnly, warnings }) => [
    ...runtimeOnly.map(({ path, rule }) => `${name}, ${path}: the schema does not say all of ${rule}`),
    ...warnings.map(({ path = 'tool', code }) => `${name}, ${path}: ${code}`),
  ]);
}
