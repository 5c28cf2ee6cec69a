import type {
  ClientCapabilities,
  CreateMessageRequestParams,
  SamplingMessage,
} from '@modelcontextprotocol/server';
import { RepriseError } from '../../errors/index.js';
import { type Conversation, handled } from '../../replay/index.js';
import type { Watch } from '../../telemetry/index.js';
import { requireCapability } from '../capability-error.js';
import { callHandler } from './call-handler.js';
import { SamplingError } from './sampling-error.js';
import type { SamplingOptions } from './sampling-handler.js';

export interface ModelAnswer {
  content: SamplingMessage['content'];
  model: string;
  stopReason?: string;
}

/** Asks for the next message of a conversation. `turn` counts from 0. */
export type AskModel = (params: CreateMessageRequestParams, turn: number) => Promise<ModelAnswer>;

export interface ModelSetting {
  readonly capabilities: ClientCapabilities;
  readonly server: SamplingOptions | undefined;
  readonly signal: AbortSignal;
  readonly timeout: number;
  readonly key: string | undefined;
  readonly needsTools: boolean;
  readonly watch: Pick<Watch, 'ask'>;
  /** Where the client is asked. */
  readonly conversation: Conversation;
  /** Where what is done once is remembered. */
  readonly steps: () => Conversation;
}

/** The client's model or the server's own. Throws CapabilityError where there is neither. */
export function chooseModel(setting: ModelSetting): AskModel {
  const { server, capabilities, needsTools } = setting;
  if (server?.when === 'always') return ownModel(server, setting);
  try {
    requireCapability(capabilities, needsTools ? 'sampling.tools' : 'sampling');
    return clientsModel(setting);
  } catch (missing) {
    if (server) return ownModel(server, setting);
    throw missing;
  }
}

function clientsModel({ conversation, key, timeout }: ModelSetting): AskModel {
  return async (params) => {
    const answer = await conversation.ask<unknown>({
      kind: 'sample',
      key,
      describe: 'a question to the model',
      timeout,
      request: () => ({ method: 'sampling/createMessage', params }),
      check: async (value) => ({ ok: true, value }),
    });
    if (isModelAnswer(answer)) return answer;
    throw new SamplingError('What the client answered is not a message of a model.');
  };
}

function ownModel({ handler }: SamplingOptions, { steps, signal, timeout, watch }: ModelSetting): AskModel {
  return async (params, turn) => {
    const called = await handled(
      steps().step(`turn ${turn}`, () =>
        watch.ask('sampling/createMessage', () => callHandler(handler, params, signal, timeout)),
      ),
    );
    if ('late' in called)
      throw new RepriseError('ASK_TIMEOUT', `The server's own model did not answer within ${timeout} ms.`);
    if (isModelAnswer(called)) return called;
    throw new RepriseError('INVALID_RETURN', 'The sampling handler returned no answer.', {
      fix: 'Return { text, model } or { content, model }.',
    });
  };
}

function isModelAnswer(answer: unknown): answer is ModelAnswer {
  if (typeof answer !== 'object' || answer === null) return false;
  const { content, model } = answer as Partial<ModelAnswer>;
  return typeof model === 'string' && typeof content === 'object' && content !== null;
}
