import type { Conversation } from '../replay/index.js';
import type { Call } from './call.js';
import type { Context } from './context.js';
import type { Exchange } from './exchange.js';
import type { RequestScope } from './request-scope.js';
import type { OwnTools } from './sampling/index.js';
import type { StateLayer } from './state/request-state.js';
import type { Surroundings } from './surroundings.js';

/** Calls and lists other components of the same server, below this request. */
export type NestedCalls = Pick<
  Context,
  | 'callTool'
  | 'readResource'
  | 'getPrompt'
  | 'listTools'
  | 'listResources'
  | 'listResourceTemplates'
  | 'listPrompts'
>;

export interface ContextParts {
  /** `Class.method`, for errors. */
  where: string;
  exchange: Exchange;
  conversation: Conversation;
  surroundings: Surroundings;
  calls: NestedCalls;
  ownTools: OwnTools;
  /** What this Context is about: the request, or the nested call. */
  call: Call;
  /** Whether a handler of this server made the call. */
  nested: boolean;
  scope: RequestScope;
  /** That of the scope, or a layer above that of the calling Context. */
  state: StateLayer;
}
