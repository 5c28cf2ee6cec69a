import type {
  CreateMessageRequestParams,
  CreateMessageResult,
  CreateMessageResultWithTools,
} from '@modelcontextprotocol/client';
import { RepriseError } from '@reprise/core';
import { Prompter, type Script } from './script.js';

/** What a server asks of the client's model. */
export type ModelRequest = CreateMessageRequestParams;

/** What a scripted model says: text, or a whole result. */
export type ModelAnswer = string | CreateMessageResult | CreateMessageResultWithTools;

/** The model behind the client, by script. */
export class ScriptedModel {
  readonly #prompter = new Prompter<ModelRequest, ModelAnswer>(textOf);

  follow(script: Script<ModelRequest, ModelAnswer>): void {
    this.#prompter.follow(script);
  }

  get unused(): readonly ModelAnswer[] {
    return this.#prompter.unused;
  }

  /** Rejects with TEST_SCRIPT when the script has no answer. */
  async answer(request: ModelRequest): Promise<CreateMessageResult | CreateMessageResultWithTools> {
    const answer = await this.#prompter.answer(request);
    if (answer === undefined)
      throw new RepriseError('TEST_SCRIPT', `no model answers ${JSON.stringify(textOf(request))}.`, {
        where: 'client.model',
        fix: "Add a text to the script, or give a function: client.model(() => 'text').",
      });
    if (typeof answer !== 'string') return answer;
    return { role: 'assistant', model: 'scripted', content: { type: 'text', text: answer } };
  }
}

/** The last thing said, as text. */
function textOf({ messages }: ModelRequest): string {
  const blocks = [messages.at(-1)?.content ?? []].flat();
  return blocks.map((block) => ('text' in block ? String(block.text) : `[${block.type}]`)).join('\n');
}
