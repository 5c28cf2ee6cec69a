import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

export type Era = 'legacy' | 'modern';

/** A client that signs all it says with its own name, and notes what reached it that is not its own. */
export class Visitor {
  readonly strays: string[] = [];
  readonly #client: Client;

  private constructor(
    readonly name: string,
    era: Era,
  ) {
    this.#client = new Client(
      { name, version: '1.0.0' },
      {
        capabilities: { elicitation: {}, sampling: {} },
        ...(era === 'modern' && { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
      },
    );
    this.#client.onerror = ({ message }) => void this.strays.push(message);
    this.#client.setRequestHandler('elicitation/create', ({ params: { message } }) => {
      // the questions of the rounds are the same for all; those that quote a caller are its own
      if (message.includes('visitor')) this.#expect('question', message, `${name} asks`);
      return { action: 'accept', content: answerOf(name, message) };
    });
    this.#client.setRequestHandler('sampling/createMessage', ({ params }) => {
      this.#expect('prompt', JSON.stringify(params.messages[0]?.content), `${name} thinks`);
      return {
        role: 'assistant',
        model: 'a model',
        content: { type: 'text', text: `the thought of ${name}` },
      };
    });
  }

  static async arrive(url: string, name: string, era: Era): Promise<Visitor> {
    const visitor = new Visitor(name, era);
    await visitor.#client.connect(new StreamableHTTPClientTransport(new URL(url)));
    return visitor;
  }

  /** Asks for all that has to do with it, at once. */
  async lookAround(): Promise<void> {
    const { name } = this;
    await Promise.all([
      this.#call('test_input_required_result_multi_round', {}, `${name} likes the color of ${name}.`),
      this.#call('test_elicitation', { message: `${name} asks` }, `"username":"${name}"`),
      this.#call('test_sampling', { prompt: `${name} thinks` }, `LLM response: the thought of ${name}`),
      this.#progress(),
    ]);
  }

  leave(): Promise<void> {
    return this.#client.close();
  }

  async #call(tool: string, args: Record<string, string>, expected: string): Promise<void> {
    const { content } = await this.#client.callTool({ name: tool, arguments: args });
    this.#expect(tool, content.map((block) => (block.type === 'text' ? block.text : '')).join(), expected);
  }

  async #progress(): Promise<void> {
    const seen: number[] = [];
    await this.#client.callTool(
      { name: 'test_tool_with_progress', arguments: {} },
      { onprogress: ({ progress }) => void seen.push(progress) },
    );
    this.#expect('progress', seen.join(), '0,50,100');
  }

  #expect(what: string, found: string, expected: string): void {
    if (!found.includes(expected)) this.strays.push(`${what}: "${found}" is not of ${this.name}`);
  }
}

function answerOf(name: string, question: string): Record<string, string> {
  if (question.includes('color')) return { color: `the color of ${name}` };
  if (question.includes('Step 1')) return { name };
  return { username: name, email: `${name}@example.com` };
}
