import type { Exchange } from '../../context/index.js';
import { RepriseError } from '../../errors/index.js';
import type { Logger } from '../../logging/index.js';
import { type Conversation, LiveConversation } from '../../replay/index.js';
import type { Watch } from '../../telemetry/index.js';
import { logQuestion } from '../observing/log-question.js';

interface Observers {
  readonly watch: Watch;
  readonly log: Logger;
}

/** The conversation of a call that keeps its connection: on legacy, and for what cannot ask in either era. */
export function liveConversation(
  canAsk: boolean,
  exchange: Exchange,
  { watch, log }: Observers,
): Conversation {
  const { signal } = exchange;
  if (!canAsk) return LiveConversation.of(refuseToAsk, signal);
  return LiveConversation.of((request, timeout) => {
    logQuestion(log, request);
    return watch.ask(request.method, () => exchange.request(request, timeout, signal));
  }, signal);
}

async function refuseToAsk(): Promise<never> {
  throw new RepriseError('CANNOT_ASK', 'A completion cannot ask the client.', {
    fix: 'Ask in the tool or prompt that the completion is for.',
  });
}
