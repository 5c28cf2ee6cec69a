/** What a command ends with: 1 says that the server refused, 2 that the command could not be carried out. */
export const exitCodes = { done: 0, refused: 1, unusable: 2 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A failure that is the user's to mend: one line says what happened, one what to do. */
export class CommandError extends Error {
  constructor(
    what: string,
    readonly fix: string | undefined,
    readonly options: { readonly exitCode?: ExitCode; readonly cause?: unknown } = {},
  ) {
    super(what, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CommandError';
  }

  get exitCode(): ExitCode {
    return this.options.exitCode ?? exitCodes.unusable;
  }
}
