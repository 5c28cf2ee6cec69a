import type { CallToolResult, GetPromptResult, ListToolsResult } from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  PromptListChangedNotificationSchema,
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { leave, type ClientSetup, type ContractClient } from './contract-client.js';
import { capabilities, User, roots, sampled } from './user.js';

/** A client of the SDK's first generation, connected. */
export async function connectV1(
  transport: Transport,
  { answers = true }: ClientSetup = {},
): Promise<ContractClient> {
  const user = new User();
  const client = new Client({ name: 'v1', version: '1.0.0' }, { capabilities: answers ? capabilities : {} });
  if (answers) answerQuestions(client, user);
  hear(client, user);
  await client.connect(transport);
  return {
    era: 'legacy',
    user,
    async call(name, args = {}, { logLevel, ...options } = {}) {
      if (logLevel !== undefined) await client.setLoggingLevel(logLevel);
      // The two SDKs declare the same results in two places, and the old one its task results beside them.
      return (await client.callTool({ name, arguments: args }, undefined, options)) as CallToolResult;
    },
    listTools: async () => (await client.listTools()) as ListToolsResult,
    listResources: () => client.listResources(),
    listTemplates: () => client.listResourceTemplates(),
    listPrompts: () => client.listPrompts(),
    readResource: (uri) => client.readResource({ uri }),
    getPrompt: async (name, args) => (await client.getPrompt({ name, arguments: args })) as GetPromptResult,
    watch: async (uri) => void (await client.subscribeResource({ uri })),
    close: () => leave(client, transport),
  };
}

function answerQuestions(client: Client, user: User): void {
  client.setRequestHandler(ElicitRequestSchema, ({ params }) =>
    user.elicit('requestedSchema' in params ? params : { message: params.message }),
  );
  client.setRequestHandler(CreateMessageRequestSchema, () => sampled);
  client.setRequestHandler(ListRootsRequestSchema, () => roots);
}

function hear(client: Client, user: User): void {
  client.onerror = (error) => void user.complaints.push(error.message);
  client.setNotificationHandler(
    LoggingMessageNotificationSchema,
    ({ params }) => void user.logs.push(params),
  );
  client.setNotificationHandler(
    ResourceUpdatedNotificationSchema,
    ({ params }) => void user.notices.push(`updated ${params.uri}`),
  );
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => void user.notices.push('tools'));
  client.setNotificationHandler(PromptListChangedNotificationSchema, () => void user.notices.push('prompts'));
  client.setNotificationHandler(
    ResourceListChangedNotificationSchema,
    () => void user.notices.push('resources'),
  );
}
