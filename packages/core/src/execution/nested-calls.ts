import { CapabilityError, type ListMethod, type NestedCalls } from '../context/index.js';
import { ProtocolError } from '../errors/index.js';
import { type Outcome, type Result, rpcCodes } from '../middleware/index.js';
import {
  CancelledError,
  type Conversation,
  digest,
  DivergenceError,
  handled,
  SuspendedError,
} from '../replay/index.js';
import type { Invocation } from './invocation.js';
import { promptInvocation, resourceInvocation, toolInvocation } from './invocations.js';
import type { Reach } from './reach/reach.js';
import { allPages, listInvocation } from './lists.js';

export interface NestedScope {
  /** That of the client: what a handler calls, it calls for the same principal. */
  readonly reach: Reach;
  readonly conversation: Conversation;
  /**
   * Takes a call through its middleware to its handler. `settle` turns what the handler comes to into an outcome.
   */
  call<R extends Result>(
    invocation: Invocation<R>,
    conversation: Conversation,
    settle: (running: Promise<R>) => Promise<Outcome<R>>,
  ): Promise<Outcome<R>>;
  classify<R extends Result>(thrown: unknown, invocation: Invocation<R>): Outcome<R>;
}

/**
 * Calls of the server's own components from inside a handler. Each has names of its own in the journal: its questions
 * surface in the outer round, and it never sees the answers of the outer call.
 */
export function nestedCalls(scope: NestedScope): NestedCalls {
  const { reach } = scope;
  const list = <M extends ListMethod>(method: M, cursor: string | undefined) =>
    call(scope, () => listInvocation(reach, method, cursor));
  return {
    callTool: (name, args) => handled(call(scope, () => toolInvocation(reach, name, args))),
    readResource: (uri) => handled(call(scope, () => resourceInvocation(reach, uri))),
    getPrompt: (name, args) => handled(call(scope, () => promptInvocation(reach, name, args))),
    listTools: () =>
      handled(
        allPages(
          (cursor) => list('tools/list', cursor),
          ({ tools }) => tools,
        ),
      ),
    listPrompts: () =>
      handled(
        allPages(
          (cursor) => list('prompts/list', cursor),
          ({ prompts }) => prompts,
        ),
      ),
    listResources: () =>
      handled(
        allPages(
          (cursor) => list('resources/list', cursor),
          ({ resources }) => resources,
        ),
      ),
    listResourceTemplates: () =>
      handled(
        allPages(
          (cursor) => list('resources/templates/list', cursor),
          ({ resourceTemplates }) => resourceTemplates,
        ),
      ),
  };
}

async function call<R extends Result>(scope: NestedScope, find: () => Invocation<R>): Promise<R> {
  const invocation = find();
  const conversation = scope.conversation.nested(digest(invocation.call));
  let failed: { outcome: Outcome<R>; thrown: unknown } | undefined;
  const settle = async (running: Promise<R>): Promise<Outcome<R>> => {
    try {
      return { kind: 'result', result: await running };
    } catch (thrown) {
      failed = { outcome: nestedOutcome(scope, invocation, thrown), thrown };
      return failed.outcome;
    }
  };
  const outcome = await scope.call(invocation, conversation, settle);
  if (failed && endsTheAttempt(failed.thrown)) throw failed.thrown;
  // unless middleware made something else of it
  if (failed?.outcome === outcome && belongsToOuterCall(failed.thrown)) throw failed.thrown;
  if (outcome.kind === 'result') return outcome.result;
  if (outcome.kind === 'failure')
    throw new ProtocolError(outcome.failure.code, outcome.failure.message, outcome.failure.data);
  throw new SuspendedError();
}

function nestedOutcome<R extends Result>(
  scope: NestedScope,
  invocation: Invocation<R>,
  thrown: unknown,
): Outcome<R> {
  if (thrown instanceof SuspendedError) return { kind: 'suspended', questions: {}, requestState: '' };
  // the outer call reports it
  if (thrown instanceof DivergenceError)
    return { kind: 'failure', failure: { code: rpcCodes.internalError, message: 'Internal error' } };
  return scope.classify(thrown, invocation);
}

/** After these nothing of the outer call goes on, whatever middleware made of them. */
function endsTheAttempt(thrown: unknown): boolean {
  return thrown instanceof SuspendedError || thrown instanceof DivergenceError;
}

/** These are for the outer handler as they are. */
function belongsToOuterCall(thrown: unknown): boolean {
  return thrown instanceof CancelledError || thrown instanceof CapabilityError;
}
