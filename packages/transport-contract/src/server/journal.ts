import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** What happened inside a server. A file, so that it can be read from another process and after that one is gone. */
export class Journal {
  constructor(readonly file: string) {}

  write(label: string, event: string): void {
    appendFileSync(this.file, `${label}\t${event}\n`);
  }

  /** The events of one label, in order. */
  read(label: string): string[] {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, 'utf8').split('\n');
    return lines.filter((line) => line.startsWith(`${label}\t`)).map((line) => line.slice(label.length + 1));
  }
}
