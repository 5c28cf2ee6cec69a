import type { Exchange } from '../../context/index.js';
import type { NextOptions } from '../../middleware/index.js';
import type { Conversation } from '../../replay/index.js';
import { WatchedConversation } from './watched.js';

/** The exchange of a handler whose middleware may abort it: then the answer is given, and nothing more is sent. */
export function exchangeUnder(exchange: Exchange, options: readonly NextOptions[]): Exchange {
  const signals = options.flatMap(({ signal }) => signal ?? []);
  if (signals.length === 0) return exchange;
  const signal = AbortSignal.any([exchange.signal, ...signals]);
  return {
    ...exchange,
    signal,
    notify: async (notification) => {
      if (!signal.aborted) await exchange.notify(notification);
    },
    log: async (...message) => {
      if (!signal.aborted) await exchange.log(...message);
    },
  };
}

/** A conversation that tells middleware when it waits. On modern nothing waits: the call is suspended. */
export function conversationUnder(
  conversation: Conversation,
  { era }: Exchange,
  options: readonly NextOptions[],
): Conversation {
  const listeners = era === 'legacy' ? options.flatMap(({ onWaiting }) => onWaiting ?? []) : [];
  if (listeners.length === 0) return conversation;
  return new WatchedConversation(conversation, (isWaiting) => {
    for (const listener of listeners) listener(isWaiting);
  });
}
