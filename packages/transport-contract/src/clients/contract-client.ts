import type {
  CallToolResult,
  GetPromptResult,
  ListPromptsResult,
  ListResourcesResult,
  ListResourceTemplatesResult,
  ListToolsResult,
  LoggingLevel,
  Progress,
  ReadResourceResult,
} from '@modelcontextprotocol/client';
import type { Era } from '@reprise/core/transport';
import type { User } from './user.js';

export interface CallOptions {
  signal?: AbortSignal;
  onprogress?: (progress: Progress) => void;
  /** The least level of log messages to send: for this call in the modern era, from now on in the legacy one. */
  logLevel?: LoggingLevel;
}

/** What the cases need of a client, whatever SDK it is made of. */
export interface ContractClient {
  readonly era: Era;
  readonly user: User;
  call(name: string, args?: Record<string, unknown>, options?: CallOptions): Promise<CallToolResult>;
  listTools(): Promise<ListToolsResult>;
  listResources(): Promise<ListResourcesResult>;
  listTemplates(): Promise<ListResourceTemplatesResult>;
  listPrompts(): Promise<ListPromptsResult>;
  readResource(uri: string): Promise<ReadResourceResult>;
  getPrompt(name: string, args: Record<string, string>): Promise<GetPromptResult>;
  /** Asks for notices about that resource, and about all lists where the era wants that said. */
  watch(uri: string): Promise<void>;
  /** Says goodbye, where the transport has a word for it, and hangs up. */
  close(): Promise<void>;
}

/** What a client declares and what it is called. */
export interface ClientSetup {
  /** Whether it can answer questions: elicitation, sampling, roots. Default true. */
  answers?: boolean;
}

/** The text of a result. */
export function textOf(result: CallToolResult): string {
  return result.content.map((block) => (block.type === 'text' ? block.text : `<${block.type}>`)).join('');
}

/**
 * Hangs up. A legacy session over HTTP outlives its connections, so that clients can resume; it ends when the client says so.
 */
export async function leave(client: { close(): Promise<void> }, transport: object): Promise<void> {
  // The server may be gone already, and the session with it.
  if (endsSessions(transport)) await transport.terminateSession().catch(() => {});
  await client.close();
}

function endsSessions(transport: object): transport is { terminateSession(): Promise<void> } {
  return 'terminateSession' in transport && typeof transport.terminateSession === 'function';
}
