import { setTimeout as delay } from 'node:timers/promises';
import type { ElicitResult } from '@modelcontextprotocol/client';

export interface Question {
  readonly message: string;
  /** The names of the fields of the form. */
  readonly fields: readonly string[];
}

type Answer = (question: Question) => ElicitResult;

/** Long enough that questions sent together are open together. In milliseconds. */
const thinkingTime = 40;

/** Who sits at a client: answers questions, and remembers all that was shown. */
export class User {
  readonly asked: string[] = [];
  readonly logs: { level: string; logger?: string; data: unknown }[] = [];
  readonly notices: string[] = [];
  /** What the client found wrong with what it received. */
  readonly complaints: string[] = [];
  mostOpenQuestions = 0;
  answer: Answer = byField;
  #open = 0;

  async elicit(params: {
    message: string;
    requestedSchema?: { properties?: object };
  }): Promise<ElicitResult> {
    this.asked.push(params.message);
    this.mostOpenQuestions = Math.max(this.mostOpenQuestions, ++this.#open);
    await delay(thinkingTime);
    this.#open--;
    return this.answer({
      message: params.message,
      fields: Object.keys(params.requestedSchema?.properties ?? {}),
    });
  }

  /** Forgets what was shown and answers as at first. */
  refresh(): void {
    for (const list of [this.asked, this.logs, this.notices, this.complaints]) list.length = 0;
    this.mostOpenQuestions = 0;
    this.answer = byField;
  }
}

const known: Record<string, string | number | boolean> = { name: 'Ada', age: 36 };

/** Fills in what the field's name calls for; a yes-or-no or text question has the one field `value`. */
const byField: Answer = ({ fields }) =>
  accept(Object.fromEntries(fields.map((field) => [field, known[field] ?? 'Ada'])));

export function accept(content: Record<string, string | number | boolean>): ElicitResult {
  return { action: 'accept', content };
}

export const sampled = {
  role: 'assistant',
  model: 'a model',
  content: { type: 'text', text: '42' },
} as const;
export const roots = { roots: [{ uri: 'file:///work', name: 'work' }] };

export const capabilities = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };
