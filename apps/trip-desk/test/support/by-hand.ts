import { expect } from '@jest/globals';
import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { textIn } from '../../src/demo/desk-client.js';
import { type Answer, traveller } from '../../src/demo/user.js';

/** What one round of a modern call comes back with. */
export interface Round {
  /** The texts of the questions, by key; none when the call is over. */
  readonly questions: Readonly<Record<string, string>>;
  readonly state: string | undefined;
  readonly text: string;
}

interface RoundRequest {
  readonly state?: string;
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly tool?: string;
  readonly args?: Record<string, unknown>;
}

export const trip = { destination: 'Lisbon', nights: 3 };
export const booked = 'Booked: ticket T-CAA26C, 3 nights in Lisbon for Ada Lovelace.';
export const refused = {
  code: -32602,
  message: expect.stringContaining('Invalid or expired requestState') as unknown,
};
export const yes: Answer = { action: 'accept', content: {} };
export const adaTravels: Answer = { action: 'accept', content: traveller };

/** A client of 2026-07-28 that plays each round when the test says so, with what the test says. */
export class HandClient {
  private constructor(private readonly client: Client) {}

  static async connect(transport: Transport): Promise<HandClient> {
    const client = new Client(
      { name: 'by hand', version: '1.0.0' },
      { capabilities: { elicitation: {} }, versionNegotiation: { mode: { pin: '2026-07-28' } } },
    );
    await client.connect(transport);
    return new HandClient(client);
  }

  static overHttp(url: URL): Promise<HandClient> {
    return HandClient.connect(new StreamableHTTPClientTransport(url));
  }

  async play({ state, answers, tool = 'book', args = trip }: RoundRequest = {}): Promise<Round> {
    const params = {
      name: tool,
      arguments: args,
      ...(state !== undefined && { requestState: state }),
      ...(answers && { inputResponses: answers }),
    };
    // the method's result type leaves out what allowInputRequired lets through
    const result = (await this.client.request({ method: 'tools/call', params } as never, {
      allowInputRequired: true,
    })) as {
      content?: { type: string; text?: string }[];
      inputRequests?: Record<string, { params: { message: string } }>;
      requestState?: string;
    };
    const asked = Object.entries(result.inputRequests ?? {});
    return {
      questions: Object.fromEntries(asked.map(([key, { params: question }]) => [key, question.message])),
      state: result.requestState,
      text: textIn(result.content ?? []),
    };
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

/** The next request of a call: the state of a round and one answer to its only question. */
export function answering({ questions, state }: Round, answer: Answer): RoundRequest {
  const [key, ...others] = Object.keys(questions);
  if (key === undefined || others.length > 0 || state === undefined)
    throw new Error(`Expected one question, not ${JSON.stringify(questions)}.`);
  return { state, answers: { [key]: answer } };
}
