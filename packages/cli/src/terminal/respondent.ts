import { type Client, ProtocolError } from '@modelcontextprotocol/client';
import { CommandError } from '../command-error.js';
import { type Field, fieldsOf, type FieldValue } from './field.js';
import { left, type Prompter } from './prompter.js';
import type { Decision, ScriptedAnswers } from './scripted-answers.js';

export interface RespondentParts {
  readonly script: ScriptedAnswers;
  /** What the model says, in order, the last text for all later requests. */
  readonly samples: readonly string[];
  /** Missing where nobody sits at a terminal. */
  readonly prompter: Prompter | undefined;
}

/**
 * Answers what a server asks of its client: first by the script, then by asking the person. One question at a time,
 * also when a server asks several at once. What nobody can answer is cancelled, and told by `throwIfUnanswered`.
 */
export class Respondent {
  #turn: Promise<unknown> = Promise.resolve();
  #unanswered: CommandError | undefined;
  readonly #samples: string[];

  constructor(private readonly parts: RespondentParts) {
    this.#samples = [...parts.samples];
  }

  /** A model is offered only if somebody can play it. */
  get capabilities() {
    const canSample = this.parts.prompter !== undefined || this.#samples.length > 0;
    return { elicitation: { form: {}, url: {} }, ...(canSample && { sampling: {} }) };
  }

  listen(client: Client): void {
    client.setRequestHandler('elicitation/create', ({ params }) =>
      this.#inTurn(() =>
        'url' in params
          ? this.#page(params.message, params.url)
          : this.#form(params.message, fieldsOf(params.requestedSchema)),
      ),
    );
    if (this.capabilities.sampling)
      client.setRequestHandler('sampling/createMessage', ({ params }) =>
        this.#model(JSON.stringify(params.messages, null, 2)),
      );
  }

  /** Throws CommandError if a question had to be cancelled because nobody was there to answer it. */
  throwIfUnanswered(): void {
    if (this.#unanswered) throw this.#unanswered;
  }

  async #inTurn(decide: () => Promise<Decision>): Promise<Decision> {
    const mine = this.#turn.then(decide);
    this.#turn = mine.catch(() => {});
    try {
      return await mine;
    } catch (thrown) {
      if (!(thrown instanceof CommandError)) throw thrown;
      this.#unanswered ??= thrown;
      return { action: 'cancel' };
    }
  }

  async #form(message: string, fields: readonly Field[]): Promise<Decision> {
    const { script, prompter } = this.parts;
    const whole = script.whole();
    if (whole) return whole;
    if (fields.length === 0) return this.#confirmation(message);
    const known = new Map<string, FieldValue>();
    for (const field of fields) {
      const value = script.take(field);
      if (value !== undefined) known.set(field.name, value);
    }
    const open = fields.filter(({ name }) => !known.has(name));
    const missing = open.filter(({ isRequired }) => isRequired).map(({ name }) => name);
    if (prompter) return fillIn(prompter, { message, open, known });
    if (missing.length === 0) return { action: 'accept', content: Object.fromEntries(known) };
    throw unanswered(message, missing.map((name) => `--answer ${name}=…`).join(' '));
  }

  async #confirmation(message: string): Promise<Decision> {
    const { script, prompter } = this.parts;
    if (script.saysYes) return { action: 'accept', content: {} };
    if (!prompter) throw unanswered(message, '--yes');
    const answer = await prompter.confirm(message);
    if (answer === left) return { action: 'cancel' };
    return answer ? { action: 'accept', content: {} } : { action: 'decline' };
  }

  async #page(message: string, url: string): Promise<Decision> {
    const { script, prompter } = this.parts;
    const whole = script.whole();
    if (whole) return whole;
    if (script.saysYes && !prompter) return { action: 'accept', content: {} };
    if (!prompter) throw unanswered(`${message} ${url}`, '--yes');
    prompter.say(`${message}\n${url}`);
    const answer =
      script.saysYes || (await prompter.confirm('Open this page in your browser. Do you go there?'));
    if (answer === left) return { action: 'cancel' };
    return { action: answer ? 'accept' : 'decline' } as Decision; // a page has no content
  }

  async #model(messages: string) {
    const { prompter } = this.parts;
    const scripted = this.#samples.length > 1 ? this.#samples.shift() : this.#samples[0];
    prompter?.say(`The server asks your model:\n${messages}`);
    const text = scripted ?? (await prompter?.line('What does the model say? Escape refuses.')) ?? left;
    if (text === left) throw new ProtocolError(-1, 'The user refused to ask the model');
    return { role: 'assistant' as const, model: 'reprise-cli', content: { type: 'text' as const, text } };
  }
}

interface FormToFill {
  readonly message: string;
  readonly open: readonly Field[];
  readonly known: ReadonlyMap<string, FieldValue>;
}

async function fillIn(prompter: Prompter, { message, open, known }: FormToFill): Promise<Decision> {
  prompter.say(message);
  for (;;) {
    const content = await fieldsFrom(prompter, open);
    if (content !== left) return { action: 'accept', content: { ...Object.fromEntries(known), ...content } };
    const next = await prompter.afterLeaving();
    if (next !== 'back') return { action: next };
  }
}

async function fieldsFrom(prompter: Prompter, fields: readonly Field[]) {
  const content: Record<string, FieldValue> = {};
  for (const field of fields) {
    const value = await prompter.field(field);
    if (value === left) return left;
    if (value !== undefined) content[field.name] = value;
  }
  return content;
}

function unanswered(message: string, option: string): CommandError {
  return new CommandError(
    `The server asks "${message}", and there is no terminal to answer at.`,
    `Add ${option}, or --decline.`,
  );
}
