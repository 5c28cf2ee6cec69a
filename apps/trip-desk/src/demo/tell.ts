import type { Take } from './scenario.js';
import type { Answer } from './user.js';

/** Paints for terminals; leaves files and pipes plain. */
export interface Paint {
  (color: 'bold' | 'dim' | 'green' | 'red' | 'cyan', text: string): string;
}

const codes = { bold: 1, dim: 2, red: 31, green: 32, cyan: 36 };

export function painter(isTerminal: boolean): Paint {
  return (color, text) => (isTerminal ? `\u001b[${codes[color]}m${text}\u001b[0m` : text);
}

/** One scene as a dialogue: who asks, what is answered, what it took. */
export function tell({ scene, asked, prompts, rounds, effects, said, faults }: Take, paint: Paint): string {
  const { tool, args } = scene;
  return [
    `  client  ${paint('bold', tool)} ${inline(args)}`,
    ...asked.flatMap(({ question, answer }) => [
      `  server  ${paint('cyan', question.message)}`,
      `  user    ${describe(answer)}`,
    ]),
    ...prompts.flatMap(({ question, answer }) => [
      `  server  ${paint('cyan', question)}`,
      `  model   ${answer}`,
    ]),
    `  server  ${said}`,
    paint('dim', `          ${[rounds === 1 ? '1 round' : `${rounds} rounds`, ...ran(effects)].join('; ')}`),
    ...faults.map((fault) => paint('red', `          WRONG ${fault}`)),
    '',
  ].join('\n');
}

/** Rows as a table with aligned columns. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `hold 1, book 1`. */
export function counted(effects: readonly string[]): string[] {
  const kinds = [...new Set(effects)];
  return kinds.map((kind) => `${kind} ${effects.filter((effect) => effect === kind).length}`);
}

function describe(answer: Answer): string {
  if (answer.action !== 'accept') return answer.action;
  const fields = Object.keys(answer.content);
  if (fields.length === 0) return 'yes';
  // the one field of a question for a bare value
  return fields.join() === 'value' ? String(answer.content['value']) : inline(answer.content);
}

function inline(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ');
}

function ran(effects: readonly string[]): string[] {
  return effects.length === 0 ? [] : [`steps that ran: ${counted(effects).join(', ')}`];
}
