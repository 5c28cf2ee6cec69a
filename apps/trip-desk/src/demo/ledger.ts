import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What reached the airline, in a file: it counts across processes, killed ones too. */
export class Ledger {
  readonly file = join(mkdtempSync(join(tmpdir(), 'trip-desk-')), 'ledger');

  /** `hold`, `book`, `release`, in the order they arrived; a repeated request reads `book again`. */
  read(): string[] {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, 'utf8').trim().split('\n').filter(Boolean);
    return lines.map((line) => line.replace(/ [^ ]+/, ''));
  }

  clear(): void {
    rmSync(this.file, { force: true });
  }

  remove(): void {
    rmSync(dirname(this.file), { recursive: true, force: true });
  }
}
