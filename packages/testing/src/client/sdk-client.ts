import {
  Client,
  type ClientCapabilities,
  type Implementation,
  type Root,
} from '@modelcontextprotocol/client';
import type { Era } from '@reprise/core';
import type { ScriptedModel } from '../script/scripted-model.js';
import { questionOf } from '../script/question.js';
import type { ScriptedUser } from '../script/scripted-user.js';
import type { CallRecord } from './call-record.js';
import type { Traffic } from './traffic.js';

export interface ClientTraits {
  readonly era: Era;
  readonly capabilities: ClientCapabilities;
  readonly roots: readonly Root[];
  readonly info: Implementation;
}

/** Who answers the client's questions, and where they are noted. */
export interface Surroundings {
  readonly user: ScriptedUser;
  readonly model: ScriptedModel;
  readonly traffic: Traffic;
}

/** All that a server can ask for. */
export const allCapabilities: ClientCapabilities = {
  elicitation: { form: {}, url: {} },
  sampling: { tools: {}, context: {} },
  roots: {},
};

/** The SDK's own client. It answers what its capabilities declare. */
export function sdkClient({ era, capabilities, roots, info }: ClientTraits, around: Surroundings): Client {
  const client = new Client(info, {
    capabilities,
    // a call may take as many rounds as its handler asks questions
    inputRequired: { maxRounds: 1000 },
    ...(era === 'modern' && { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
  });
  if (capabilities.elicitation) answerQuestions(client, around);
  if (capabilities.sampling) answerModelRequests(client, around);
  if (capabilities.roots) client.setRequestHandler('roots/list', () => ({ roots: [...roots] }));
  return client;
}

function answerQuestions(client: Client, { user, traffic }: Surroundings): void {
  client.setRequestHandler('elicitation/create', async ({ params }) => {
    const record = traffic.call;
    const question = record.asked(questionOf(params));
    const reply = await noting(record, () => user.reply(question, question.refusal));
    question.reply = reply;
    // the SDK checks the content against its schema, and the server against the form
    return reply as { action: 'accept'; content: Record<string, string> };
  });
}

function answerModelRequests(client: Client, { model, traffic }: Surroundings): void {
  client.setRequestHandler('sampling/createMessage', ({ params }) => {
    const record = traffic.call;
    record.modelRequests.push(params);
    return noting(record, () => model.answer(params));
  });
}

/** What a script throws is why the call fails, whatever the server makes of it. */
async function noting<T>(record: CallRecord, answer: () => Promise<T>): Promise<T> {
  try {
    return await Promise.race([answer(), aborted(record)]);
  } catch (thrown) {
    if (!record.signal?.aborted) record.scriptFailure ??= thrown;
    throw thrown;
  }
}

/** The SDK's client waits for its user even when the call has been given up. */
function aborted({ signal }: CallRecord): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
