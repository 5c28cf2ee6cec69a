import { answer, translatingErrors } from './answer.js';
import { exchangeOf } from './exchange-of.js';
import { list } from './list.js';
import type { Registration } from './protocol-server.js';

export function registerResources(registration: Registration): void {
  const { server, executor, session } = registration;
  server.setRequestHandler('resources/list', ({ params }, sdk) =>
    list(registration, 'resources/list', params?.cursor, sdk),
  );
  server.setRequestHandler('resources/templates/list', ({ params }, sdk) =>
    list(registration, 'resources/templates/list', params?.cursor, sdk),
  );
  server.setRequestHandler('resources/read', async ({ params }, sdk) =>
    answer(await executor.readResource(params.uri, exchangeOf(registration, sdk))),
  );
  if (session === undefined) return; // subscriptions/listen is answered by the SDK's entries
  server.setRequestHandler('resources/subscribe', ({ params }, sdk) =>
    translatingErrors(() => {
      // when a resource changes is for those who may read it
      executor.demandResource(params.uri, () => exchangeOf(registration, sdk));
      session.subscriptions.add(params.uri);
      return {};
    }),
  );
  server.setRequestHandler('resources/unsubscribe', ({ params }) => {
    session.subscriptions.remove(params.uri);
    return {};
  });
}
