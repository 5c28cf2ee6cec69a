/** One thing that the doctor found. Errors keep a server from working; warnings may. */
export interface Finding {
  readonly level: 'error' | 'warning' | 'ok';
  readonly what: string;
  readonly where: string;
  readonly fix?: string;
}

const signs = { error: '✗', warning: '!', ok: '✓' } as const;

export function findingText({ level, what, where, fix }: Finding): string {
  return `${signs[level]} ${where}: ${what}${fix === undefined ? '' : `\n    fix: ${fix}`}`;
}
