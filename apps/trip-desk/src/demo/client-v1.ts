import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  type CallToolResult,
} from '@modelcontextprotocol/sdk/types.js';
import { countToolCalls, type DeskClient, referenceTo, textIn } from './desk-client.js';
import type { User } from './user.js';

/** A client of the SDK's first generation, connected. */
export async function connectV1(transport: Transport, user: User): Promise<DeskClient> {
  const client = new Client(
    { name: 'v1', version: '1.0.0' },
    { capabilities: { elicitation: {}, ...(user.hasModel && { sampling: {} }) } },
  );
  client.setRequestHandler(ElicitRequestSchema, ({ params }) =>
    user.elicit('requestedSchema' in params ? params : { message: params.message }),
  );
  if (user.hasModel)
    client.setRequestHandler(CreateMessageRequestSchema, ({ params }) => user.sample(params.messages));
  const toolCalls = countToolCalls(transport);
  await client.connect(transport);
  return {
    era: 'legacy',
    get toolCalls() {
      return toolCalls();
    },
    async call(name, args) {
      // the other form of the result is of servers older than 2024-11-05
      const result = (await client.callTool({ name, arguments: args })) as CallToolResult;
      return { text: textIn(result.content), isError: result.isError ?? false };
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
