import { relative } from 'node:path';
import { runScript } from './plan/package-manager.js';
import type { Plan } from './plan/plan.js';
import { shortName } from './plan/project-name.js';

/** What the user reads at the end: the next steps, ready to be copied. */
export function lastWords(plan: Plan, { cwd, installed }: { cwd: string; installed: boolean }): string {
  const { folder, packageName, pm } = plan;
  const way = relative(cwd, folder);
  const steps = [
    ...(way === '' ? [] : [[`cd ${/\s/.test(way) ? `"${way}"` : way}`]]),
    ...(installed ? [] : [[`${pm} install`]]),
    [runScript(pm, 'dev'), 'run it; it restarts when you save'],
    [runScript(pm, 'test'), 'a real client of each protocol era calls it'],
  ];
  const width = Math.max(...steps.map(([command = '']) => command.length));
  const lines = steps.map(([command = '', why = '']) => `  ${command.padEnd(width)}  ${why}`.trimEnd());
  return [
    `${shortName(packageName)} is ready.`,
    ...lines,
    'Its README.md tells how to connect Claude Desktop, VS Code and Cursor.',
  ].join('\n');
}
