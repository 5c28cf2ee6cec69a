import { answer } from './answer.js';
import type { Subscriptions } from './changes.js';
import { exchangeOf } from './exchange-of.js';
import { pageAt } from './page-at.js';
import type { Registration } from './protocol-server.js';

export function registerResources(registration: Registration, subscriptions: Subscriptions): void {
  const { server, catalog, executor, origin } = registration;
  server.setRequestHandler('resources/list', ({ params }) => {
    const { items, ...next } = pageAt(catalog.lists.resources, params?.cursor);
    return { resources: items, ...next };
  });
  server.setRequestHandler('resources/templates/list', ({ params }) => {
    const { items, ...next } = pageAt(catalog.lists.templates, params?.cursor);
    return { resourceTemplates: items, ...next };
  });
  server.setRequestHandler('resources/read', async ({ params }, sdk) =>
    answer(await executor.readResource(params.uri, exchangeOf(server, sdk, origin))),
  );
  if (origin.era === 'modern') return; // subscriptions/listen is answered by the SDK's entries
  server.setRequestHandler('resources/subscribe', ({ params }) => {
    subscriptions.add(params.uri);
    return {};
  });
  server.setRequestHandler('resources/unsubscribe', ({ params }) => {
    subscriptions.remove(params.uri);
    return {};
  });
}
