import * as clack from '@clack/prompts';
import type { Surroundings } from '../surroundings.js';
import { checkCount, readField } from './check-field.js';
import type { Choice, Field, FieldValue } from './field.js';

/** Left with Escape or Ctrl-C. */
export const left = Symbol('left');

const skipped = '';

/** Asks the person at the terminal. Writes to stderr: stdout is for results. */
export class Prompter {
  readonly #streams: Pick<clack.CommonOptions, 'input' | 'output'>;

  constructor({ stdin, stderr }: Pick<Surroundings, 'stdin' | 'stderr'>) {
    this.#streams = { input: stdin, output: stderr };
  }

  say(text: string): void {
    clack.log.message(text, this.#streams);
  }

  async confirm(message: string): Promise<boolean | typeof left> {
    return unlessLeft(await clack.confirm({ ...this.#streams, message }));
  }

  /** A line of text, as it was typed. */
  async line(message: string): Promise<string | typeof left> {
    return unlessLeft(await clack.text({ ...this.#streams, message }));
  }

  /** What to do about a form that was left: fill it in after all, say no, or drop the question. */
  async afterLeaving(): Promise<'back' | 'decline' | 'cancel'> {
    const answer = await clack.select({
      ...this.#streams,
      message: 'Leave the question?',
      options: [
        { value: 'decline' as const, label: 'Decline', hint: 'the answer is no' },
        { value: 'cancel' as const, label: 'Cancel', hint: 'no answer' },
        { value: 'back' as const, label: 'Back to the form' },
      ],
    });
    return clack.isCancel(answer) ? 'cancel' : answer;
  }

  /** The value of a field; undefined if an optional one is left empty. */
  async field(field: Field): Promise<FieldValue | undefined | typeof left> {
    const answer = await this.#ask(field);
    return answer === skipped && !(field.kind === 'text' && field.isRequired) ? undefined : answer;
  }

  async #ask(field: Field): Promise<FieldValue | typeof left> {
    const message = field.isRequired ? field.label : `${field.label}, if you like`;
    switch (field.kind) {
      case 'text':
      case 'number':
        return this.#typed(field, message);
      case 'boolean':
        if (field.isRequired || typeof field.initial === 'boolean')
          return unlessLeft(
            await clack.confirm({ ...this.#streams, message, initialValue: field.initial === true }),
          );
        return this.#optionalBoolean(message);
      case 'choice':
        return this.#choice(
          message,
          field.isRequired ? field.choices : [...field.choices, noChoice],
          field.initial,
        );
      case 'choices':
        return this.#choices(field, message);
    }
  }

  async #typed(
    field: Extract<Field, { kind: 'text' | 'number' }>,
    message: string,
  ): Promise<FieldValue | typeof left> {
    const mayBeEmpty = !field.isRequired;
    const validate = (typed = '') => {
      if (typed === '' && mayBeEmpty) return undefined;
      if (typed === '' && (field.kind === 'number' || field.least > 0)) return 'Type something.';
      const checked = readField(field, typed);
      return checked.ok ? undefined : checked.problem;
    };
    const initialValue = field.initial === undefined ? '' : String(field.initial);
    const typed = await clack.text({ ...this.#streams, message, initialValue, validate });
    if (clack.isCancel(typed)) return left;
    if (typed === '' && mayBeEmpty) return skipped;
    const checked = readField(field, typed);
    return checked.ok ? checked.value : typed; // validated above
  }

  async #optionalBoolean(message: string): Promise<FieldValue | typeof left> {
    const answer = await this.#choice(message, [yes, no, noChoice], undefined);
    return answer === left || answer === skipped ? answer : answer === yes.value;
  }

  async #choice(
    message: string,
    choices: readonly Choice[],
    initial: unknown,
  ): Promise<string | typeof left> {
    const options = choices.map(({ value, label }) => ({ value, label }));
    const initialValue = choices.find(({ value }) => value === initial)?.value;
    return unlessLeft(
      await clack.select({
        ...this.#streams,
        message,
        options,
        ...(initialValue !== undefined && { initialValue }),
      }),
    );
  }

  async #choices(
    field: Extract<Field, { kind: 'choices' }>,
    message: string,
  ): Promise<FieldValue | typeof left> {
    for (;;) {
      const chosen = await clack.multiselect({
        ...this.#streams,
        message,
        options: field.choices.map(({ value, label }) => ({ value, label })),
        initialValues: Array.isArray(field.initial) ? field.initial : [],
        required: field.isRequired && field.least > 0,
      });
      if (clack.isCancel(chosen)) return left;
      if (chosen.length === 0 && !field.isRequired) return skipped;
      const checked = checkCount(field, chosen);
      if (checked.ok) return checked.value;
      clack.log.warn(checked.problem, this.#streams);
    }
  }
}

const yes: Choice = { value: 'yes', label: 'Yes' };
const no: Choice = { value: 'no', label: 'No' };
const noChoice: Choice = { value: skipped, label: '(leave it out)' };

function unlessLeft<T>(answer: T | typeof clack.CANCEL_SYMBOL): T | typeof left {
  return clack.isCancel(answer) ? left : (answer as T); // isCancel does not narrow a type parameter
}
