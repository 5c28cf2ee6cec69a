/** An answer of the user to a form. */
export type Answer =
  { action: 'accept'; content: Record<string, string | number | boolean> } | { action: 'decline' | 'cancel' };

/** A question as a client shows it: the text, and the fields of the form. */
export interface Question {
  readonly message: string;
  readonly fields: readonly string[];
}

/** Both SDKs hand over the parameters of elicitation/create; a question with a URL has no form. */
export interface Elicitation {
  readonly message: string;
  readonly requestedSchema?: { readonly properties?: object };
}

/** The person at a client, and the model beside: answers by a script and remembers what was asked. */
export class User {
  readonly asked: { readonly question: Question; readonly answer: Answer }[] = [];
  /** What the model was asked. */
  readonly prompts: { readonly question: string; readonly answer: string }[] = [];

  constructor(
    public script: (question: Question) => Answer | Promise<Answer> = agreeable,
    /** Whether the client offers its model to servers. */
    readonly hasModel = true,
  ) {}

  async elicit({ message, requestedSchema }: Elicitation): Promise<Answer> {
    const question = { message, fields: Object.keys(requestedSchema?.properties ?? {}) };
    const answer = await this.script(question);
    this.asked.push({ question, answer });
    return answer;
  }

  sample(messages: readonly { content: unknown }[]) {
    const answer = 'Two shirts and a good book.';
    this.prompts.push({ question: messages.map(({ content }) => textOf(content)).join('\n'), answer });
    return {
      role: 'assistant' as const,
      model: 'demo-model',
      content: { type: 'text' as const, text: answer },
    };
  }
}

function textOf(content: unknown): string {
  return typeof content === 'object' && content !== null && 'text' in content ? String(content.text) : '';
}

export const traveller = { name: 'Ada Lovelace', email: 'ada@example.com', cabin: 'economy' };

/** Says yes to everything. */
export function agreeable({ message, fields }: Question): Answer {
  const known: Record<string, string> = {
    ...traveller,
    value: message.startsWith('Where') ? 'aisle' : 'vegetarian',
  };
  return {
    action: 'accept',
    content: Object.fromEntries(fields.map((field) => [field, known[field] ?? ''])),
  };
}
