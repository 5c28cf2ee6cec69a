import { RepriseError } from '@reprise/core';
import { type Answer, replyOf } from './answer.js';
import { type Question, quote, type Reply } from './question.js';
import { Prompter, type Script } from './script.js';

/** The person in front of the client, by script. */
export class ScriptedUser {
  readonly #prompter = new Prompter<Question, Answer>(({ message }) => message);

  follow(script: Script<Question, Answer>): void {
    this.#prompter.follow(script);
  }

  get unused(): readonly Answer[] {
    return this.#prompter.unused;
  }

  /** Rejects with TEST_SCRIPT when the script has no answer, or one that does not fit. */
  async reply(question: Question, refusal: string | undefined): Promise<Reply> {
    const answer = await this.#prompter.answer(question);
    if (answer !== undefined) return replyOf(answer, question);
    const again = refusal === undefined ? '' : ' The answer before it was refused.';
    throw new RepriseError('TEST_SCRIPT', `nobody answers the question ${quote(question)}.${again}`, {
      where: 'client.answers',
      fix: `Add an answer such as ${exampleOf(question)} to the script, or give a function that answers every question.`,
    });
  }
}

function exampleOf({ fields }: Question): string {
  const names = Object.keys(fields);
  return names.length === 0 ? 'true' : `{ ${names.map((name) => `${name}: …`).join(', ')} }`;
}
