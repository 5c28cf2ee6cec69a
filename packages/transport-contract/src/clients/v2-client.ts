import { Client, LOG_LEVEL_META_KEY, type ClientOptions, type Transport } from '@modelcontextprotocol/client';
import { leave, type ClientSetup, type ContractClient } from './contract-client.js';
import type { ClientKind } from './kinds.js';
import { capabilities, User, roots, sampled } from './user.js';

const negotiation: Record<Exclude<ClientKind, 'v1'>, ClientOptions['versionNegotiation']> = {
  'v2 legacy': undefined,
  'v2 auto': { mode: 'auto' },
  'v2 pinned 2026-07-28': { mode: { pin: '2026-07-28' } },
};

/** A client of the SDK's second generation, connected. */
export async function connectV2(
  kind: Exclude<ClientKind, 'v1'>,
  transport: Transport,
  { answers = true }: ClientSetup = {},
): Promise<ContractClient> {
  const user = new User();
  const client = new Client(
    { name: kind, version: '1.0.0' },
    { capabilities: answers ? capabilities : {}, versionNegotiation: negotiation[kind] },
  );
  if (answers) answerQuestions(client, user);
  hear(client, user);
  await client.connect(transport);
  const era = client.getProtocolEra() ?? 'legacy';
  return {
    era,
    user,
    async call(name, args = {}, { logLevel, ...options } = {}) {
      const wanted =
        era === 'modern' && logLevel !== undefined ? { [LOG_LEVEL_META_KEY]: logLevel } : undefined;
      if (era === 'legacy' && logLevel !== undefined) await client.setLoggingLevel(logLevel);
      return client.callTool({ name, arguments: args, ...(wanted && { _meta: wanted }) }, options);
    },
    listTools: () => client.listTools(),
    listResources: () => client.listResources(),
    listTemplates: () => client.listResourceTemplates(),
    listPrompts: () => client.listPrompts(),
    readResource: (uri) => client.readResource({ uri }),
    getPrompt: (name, args) => client.getPrompt({ name, arguments: args }),
    async watch(uri) {
      if (era === 'legacy') await client.subscribeResource({ uri });
      else await client.listen({ ...everyList, resourceSubscriptions: [uri] });
    },
    close: () => leave(client, transport),
  };
}

const everyList = { toolsListChanged: true, promptsListChanged: true, resourcesListChanged: true };

function answerQuestions(client: Client, user: User): void {
  client.setRequestHandler('elicitation/create', ({ params }) =>
    user.elicit('requestedSchema' in params ? params : { message: params.message }),
  );
  client.setRequestHandler('sampling/createMessage', () => sampled);
  client.setRequestHandler('roots/list', () => roots);
}

function hear(client: Client, user: User): void {
  client.onerror = (error) => void user.complaints.push(error.message);
  client.setNotificationHandler('notifications/message', ({ params }) => void user.logs.push(params));
  client.setNotificationHandler(
    'notifications/resources/updated',
    ({ params }) => void user.notices.push(`updated ${params.uri}`),
  );
  client.setNotificationHandler('notifications/tools/list_changed', () => void user.notices.push('tools'));
  client.setNotificationHandler(
    'notifications/prompts/list_changed',
    () => void user.notices.push('prompts'),
  );
  client.setNotificationHandler(
    'notifications/resources/list_changed',
    () => void user.notices.push('resources'),
  );
}
