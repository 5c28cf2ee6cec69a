import type { Root } from '@modelcontextprotocol/server';
import type { Ask } from '../replay/index.js';
import { defaultTimeouts } from './default-timeouts.js';

/** The question behind `ctx.listRoots`. */
export const rootsAsk: Ask<Root[]> = {
  kind: 'roots',
  describe: 'roots/list',
  timeout: defaultTimeouts.other,
  request: () => ({ method: 'roots/list' }),
  check: async (answer) => {
    const roots =
      typeof answer === 'object' && answer !== null && 'roots' in answer ? answer.roots : undefined;
    // each root is the client's own data, handed on as it came
    return Array.isArray(roots)
      ? { ok: true, value: roots as Root[] }
      : { ok: false, reason: 'the answer is not a list of roots' };
  },
};
