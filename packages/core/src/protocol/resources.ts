import { answer, translatingErrors } from './answer.js';
import type { Subscriptions } from './changes.js';
import { exchangeOf } from './exchange-of.js';
import { list } from './list.js';
import type { Registration } from './protocol-server.js';

export function registerResources(registration: Registration, subscriptions: Subscriptions): void {
  const { server, executor, origin } = registration;
  server.setRequestHandler('resources/list', ({ params }, sdk) =>
    list(registration, 'resources/list', params?.cursor, sdk),
  );
  server.setRequestHandler('resources/templates/list', ({ params }, sdk) =>
    list(registration, 'resources/templates/list', params?.cursor, sdk),
  );
  server.setRequestHandler('resources/read', async ({ params }, sdk) =>
    answer(await executor.readResource(params.uri, exchangeOf(registration, sdk))),
  );
  if (origin.era === 'modern') return; // subscriptions/listen is answered by the SDK's entries
  server.setRequestHandler('resources/subscribe', ({ params }, sdk) =>
    translatingErrors(() => {
      // when a resource changes is for those who may read it
      executor.demandResource(params.uri, () => exchangeOf(registration, sdk));
      subscriptions.add(params.uri);
      return {};
    }),
  );
  server.setRequestHandler('resources/unsubscribe', ({ params }) => {
    subscriptions.remove(params.uri);
    return {};
  });
}
