import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError } from '../command-error.js';
import { readField } from './check-field.js';
import type { Field, FieldValue } from './field.js';

/** What a user decided about one question. */
export type Decision =
  | { readonly action: 'accept'; readonly content: Record<string, FieldValue> }
  | { readonly action: 'decline' | 'cancel' };

export interface ScriptOptions {
  /** `field=value`; a field that is given several times answers several questions, the last value all later ones. */
  readonly answer: readonly string[];
  /** A JSON file: an object of field → value, or a list with one entry for each question. */
  readonly answers: string | undefined;
  /** Accepts what has no fields: confirmations and pages to open. */
  readonly yes: boolean;
  readonly decline: boolean;
}

/** Answers that were given on the command line, for scripts and for people who know what will be asked. */
export class ScriptedAnswers {
  readonly #byField = new Map<string, unknown[]>();
  readonly #inOrder: unknown[] = [];

  constructor(
    private readonly options: ScriptOptions,
    cwd: string,
  ) {
    if (options.answers !== undefined) this.#read(resolve(cwd, options.answers));
    for (const pair of options.answer) {
      const at = pair.indexOf('=');
      if (at < 1) throw new CommandError(`--answer ${pair} is no answer.`, 'Write --answer field=value.');
      this.#add(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  /** Whether questions without fields are accepted. */
  get saysYes(): boolean {
    return this.options.yes;
  }

  /** A decision about the whole question: `--decline`, or the next entry of a list. */
  whole(): Decision | undefined {
    if (this.options.decline) return { action: 'decline' };
    if (this.#inOrder.length === 0) return undefined;
    const next = this.#inOrder.shift();
    if (next === 'decline' || next === 'cancel') return { action: next };
    // the server validates what stands in the file
    return { action: 'accept', content: (next ?? {}) as Record<string, FieldValue> };
  }

  /** The value for a field. Throws CommandError if the form cannot take it. */
  take(field: Field): FieldValue | undefined {
    const values = this.#byField.get(field.name);
    if (values === undefined) return undefined;
    const value = values.length > 1 ? values.shift() : values[0];
    if (typeof value !== 'string') return value as FieldValue; // from the file; the server validates
    const checked = readField(field, value);
    if (checked.ok) return checked.value;
    throw new CommandError(`"${value}" does not answer ${field.name}.`, checked.problem);
  }

  #read(file: string): void {
    const content = parse(file);
    if (Array.isArray(content)) this.#inOrder.push(...(content as unknown[]));
    else if (typeof content === 'object' && content !== null)
      for (const [field, value] of Object.entries(content)) this.#add(field, value);
    else
      throw new CommandError(
        `${file} holds no answers.`,
        'Write a JSON object of field → value, or a list of them.',
      );
  }

  #add(field: string, value: unknown): void {
    this.#byField.set(field, [...(this.#byField.get(field) ?? []), value]);
  }
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new CommandError(
      `${file} cannot be read as JSON.`,
      'Name a file with an object or a list of answers.',
      { cause },
    );
  }
}
