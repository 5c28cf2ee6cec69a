import type { Catalog } from '../catalog/index.js';
import type { NestedCalls, OwnTools } from '../context/index.js';
import { RepriseError } from '../errors/index.js';
import type { Conversation } from '../replay/index.js';
import { didYouMean } from './near-matches.js';

/** The server's own tools, for a model that a handler asks. */
export function ownToolsOf(
  catalog: Catalog,
  where: string,
  callsIn: (conversation: Conversation) => NestedCalls,
): OwnTools {
  return {
    definition: (name) => {
      const entry = catalog.tools.get(name);
      if (entry) return entry.definition;
      throw new RepriseError(
        'INVALID_OPTION',
        `ctx.sample names the tool "${name}", which this server does not have.${didYouMean(name, catalog.tools.keys())}`,
        { where, fix: 'Name a tool of the server, or give { name, input, run }.' },
      );
    },
    call: (name, args, conversation) => callsIn(conversation).callTool(name, args),
  };
}
