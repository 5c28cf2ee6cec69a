import { cpus } from 'node:os';
import { median, ratio, type Samples } from './measure.js';

const write = (line = ''): void => void process.stdout.write(`${line}\n`);

/** What was measured, where: absolute numbers mean nothing without it. */
export function printMachine(): void {
  const [first] = cpus();
  write(
    `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} × ${first?.model}`,
  );
  write('Every pair is measured in turns within one run: read the ratios, not the times.');
}

/** One table: each contestant's median, and how it compares with the first of them. */
export function printTable(
  title: string,
  unit: string,
  samples: Samples,
  aims: Readonly<Record<string, string>> = {},
): void {
  const [base = ''] = Object.keys(samples);
  write(`\n${title}`);
  for (const [name, costs] of Object.entries(samples)) {
    const cells = [
      `  ${name.padEnd(46)}`,
      `${median(costs).toFixed(median(costs) < 10 ? 2 : 0)} ${unit}`.padStart(11),
      `× ${ratio(samples, name, base).toFixed(2)}`.padStart(9),
    ];
    write(`${cells.join(' ')}${aims[name] === undefined ? '' : `   (${aims[name]})`}`);
  }
}

/** What is no comparison of times: a name, a value, and a remark for each line. */
export function printLines(title: string, lines: readonly (readonly [string, string, string?])[]): void {
  write(`\n${title}`);
  for (const [name, value, remark] of lines)
    write(`  ${name.padEnd(46)} ${value.padStart(11)}${remark === undefined ? '' : `   (${remark})`}`);
}
