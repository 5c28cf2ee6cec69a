import { Client, type ClientOptions, type Transport } from '@modelcontextprotocol/client';
import { type ClientKind, countToolCalls, type DeskClient, referenceTo, textIn } from './desk-client.js';
import type { User } from './user.js';

const negotiation: Record<Exclude<ClientKind, 'v1'>, ClientOptions['versionNegotiation']> = {
  'v2 legacy': undefined,
  'v2 auto': { mode: 'auto' },
  'v2 pinned 2026-07-28': { mode: { pin: '2026-07-28' } },
};

/** A client of the SDK's second generation, connected. */
export async function connectV2(
  kind: Exclude<ClientKind, 'v1'>,
  transport: Transport,
  user: User,
): Promise<DeskClient> {
  const client = new Client(
    { name: kind, version: '1.0.0' },
    {
      capabilities: { elicitation: {}, ...(user.hasModel && { sampling: {} }) },
      versionNegotiation: negotiation[kind],
    },
  );
  client.setRequestHandler('elicitation/create', ({ params }) =>
    user.elicit('requestedSchema' in params ? params : { message: params.message }),
  );
  if (user.hasModel)
    client.setRequestHandler('sampling/createMessage', ({ params }) => user.sample(params.messages));
  const toolCalls = countToolCalls(transport);
  await client.connect(transport);
  return {
    era: client.getProtocolEra() ?? 'legacy',
    get toolCalls() {
      return toolCalls();
    },
    async call(name, args) {
      const { content, isError = false } = await client.callTool({ name, arguments: args });
      return { text: textIn(content), isError };
    },
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    read: async (uri) =>
      textIn((await client.readResource({ uri })).contents.map((part) => ({ type: 'resource', ...part }))),
    prompt: async (name, args) =>
      textIn((await client.getPrompt({ name, arguments: args })).messages.map(({ content }) => content)),
    complete: async (of, name, value) =>
      (await client.complete({ ref: referenceTo(of), argument: { name, value } })).completion.values,
    close: () => client.close(),
  };
}
