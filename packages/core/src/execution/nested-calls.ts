import { CapabilityError, type NestedCalls } from '../context/index.js';
import { ProtocolError } from '../errors/index.js';
import {
  CancelledError,
  type Conversation,
  digest,
  DivergenceError,
  handled,
  SuspendedError,
} from '../replay/index.js';
import type { Invocation } from './invocation.js';
import type { Outcome, Result } from './outcome.js';

export interface NestedScope {
  readonly conversation: Conversation;
  readonly invocations: {
    tool(
      name: string,
      args: Record<string, unknown>,
    ): Invocation<Awaited<ReturnType<NestedCalls['callTool']>>>;
    resource(uri: string): Invocation<Awaited<ReturnType<NestedCalls['readResource']>>>;
    prompt(
      name: string,
      args: Record<string, string>,
    ): Invocation<Awaited<ReturnType<NestedCalls['getPrompt']>>>;
  };
  run<R extends Result>(invocation: Invocation<R>, conversation: Conversation): Promise<R>;
  classify<R extends Result>(thrown: unknown, invocation: Invocation<R>): Outcome<R>;
}

/**
 * Calls of the server's own components from inside a handler. Each has names of its own in the journal: its questions
 * surface in the outer round, and it never sees the answers of the outer call.
 */
export function nestedCalls(scope: NestedScope): NestedCalls {
  const { invocations } = scope;
  return {
    callTool: (name, args = {}) => handled(call(scope, () => invocations.tool(name, args))),
    readResource: (uri) => handled(call(scope, () => invocations.resource(uri))),
    getPrompt: (name, args = {}) => handled(call(scope, () => invocations.prompt(name, args))),
  };
}

async function call<R extends Result>(scope: NestedScope, make: () => Invocation<R>): Promise<R> {
  const invocation = make();
  const { method, target, args } = invocation;
  const conversation = scope.conversation.nested(digest([method, target, args]));
  try {
    return await scope.run(invocation, conversation);
  } catch (thrown) {
    if (belongsToOuterCall(thrown)) throw thrown;
    const outcome = scope.classify(thrown, invocation);
    if (outcome.kind === 'result') return outcome.result;
    if (outcome.kind === 'failure')
      throw new ProtocolError(outcome.failure.code, outcome.failure.message, outcome.failure.data);
    throw thrown;
  }
}

/** These end or refuse the outer call as much as the nested one. */
function belongsToOuterCall(thrown: unknown): boolean {
  return (
    thrown instanceof SuspendedError ||
    thrown instanceof DivergenceError ||
    thrown instanceof CancelledError ||
    thrown instanceof CapabilityError
  );
}
