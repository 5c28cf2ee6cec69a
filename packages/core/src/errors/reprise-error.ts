import type { ErrorCode } from './catalogue.js';

/** Facts beside the sentence: where it happened, how to mend it, what caused it. */
export interface ErrorFacts {
  /** `Class.method`, with parameter, field or tool where there is one. */
  where?: string;
  /** What to change, as an imperative sentence. */
  fix?: string;
  cause?: unknown;
}

/**
 * The base of every error the framework throws.
 * `message` reads `where: what happened. fix`; the parts stay readable one by one.
 * Codes are listed in docs/errors.md.
 */
export class RepriseError extends Error {
  readonly code: ErrorCode;
  readonly where: string | undefined;
  readonly fix: string | undefined;

  constructor(code: ErrorCode, what: string, facts: ErrorFacts = {}) {
    super(sentence(what, facts), facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
    this.code = code;
    this.where = facts.where;
    this.fix = facts.fix;
  }
}

function sentence(what: string, { where, fix }: ErrorFacts): string {
  const located = where === undefined ? what : `${where}: ${what}`;
  return fix === undefined ? located : `${located} ${fix}`;
}
