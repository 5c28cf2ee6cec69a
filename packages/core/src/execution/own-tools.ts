import type { NestedCalls, OwnTools } from '../context/index.js';
import { RepriseError } from '../errors/index.js';
import type { Conversation } from '../replay/index.js';
import { didYouMean } from './near-matches.js';
import type { Reach } from './reach/reach.js';

/** The server's own tools, for a model that a handler asks: those that the caller of the handler may call. */
export function ownToolsOf(
  reach: Reach,
  where: string,
  callsIn: (conversation: Conversation) => NestedCalls,
): OwnTools {
  const { tools } = reach.catalog;
  return {
    definition: (name) => {
      const entry = tools.get(name);
      if (entry) return reach.permits(entry) ? entry.definition : undefined;
      throw new RepriseError(
        'INVALID_OPTION',
        `ctx.sample names the tool "${name}", which this server does not have.${didYouMean(name, reach.names(tools))}`,
        { where, fix: 'Name a tool of the server, or give { name, input, run }.' },
      );
    },
    call: (name, args, conversation) => callsIn(conversation).callTool(name, args),
  };
}
