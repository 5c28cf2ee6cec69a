import type { ServerContext } from '@modelcontextprotocol/server';
import type { ListMethod } from '../context/index.js';
import type { Outcome, Results } from '../middleware/index.js';
import { answer, translatingErrors } from './answer.js';
import { exchangeOf } from './exchange-of.js';
import type { Registration } from './protocol-server.js';

/** A page of a list. Middleware may stand around it; without any it is handed out as it was computed. */
export function list<M extends ListMethod>(
  registration: Registration,
  method: M,
  cursor: string | undefined,
  sdk: ServerContext,
): Promise<Results[M]> {
  return translatingErrors(async () => {
    const listed = await registration.executor.list(method, cursor, () => exchangeOf(registration, sdk));
    // a list never suspends
    return 'kind' in listed ? (answer(listed as Outcome<Results[M]>) as Results[M]) : listed;
  });
}
