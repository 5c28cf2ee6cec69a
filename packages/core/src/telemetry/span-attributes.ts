import type { Attributes } from '@opentelemetry/api';
import { isError, RepriseError } from '../errors/index.js';
import { withoutSecrets } from '../logging/index.js';
import type { RequestTraits } from './watch.js';

/** Bounded: what does not exist stands under its method alone. */
export function spanNameOf({ method, name }: RequestTraits): string {
  return name === undefined ? method : `${method} ${name}`;
}

/** OpenTelemetry's names for MCP, as far as it has some. */
export function attributesOf(traits: RequestTraits): Attributes {
  return {
    'mcp.method.name': traits.method,
    'mcp.protocol.version': traits.protocolVersion,
    'mcp.era': traits.era,
    'mcp.transport': traits.transport,
    'jsonrpc.request.id': String(traits.requestId),
    'mcp.session.id': traits.sessionId,
    'gen_ai.tool.name': traits.method === 'tools/call' ? traits.name : undefined,
    'gen_ai.prompt.name': traits.method === 'prompts/get' ? traits.name : undefined,
    'mcp.resource.uri': traits.uri === undefined ? undefined : withoutSecrets(traits.uri),
  };
}

/** What a span may hold of an error: secrets in its texts stay here. */
export function exceptionOf(thrown: unknown): { name: string; message: string; stack?: string } {
  if (!isError(thrown)) return { name: 'thrown', message: withoutSecrets(String(thrown)) };
  const { name, message, stack } = thrown;
  return {
    name,
    message: withoutSecrets(message),
    ...(stack !== undefined && { stack: withoutSecrets(stack) }),
  };
}

/** One word for the kind of an error: its code, else its name. */
export function errorTypeOf(thrown: unknown): string {
  if (thrown instanceof RepriseError) return thrown.code;
  return isError(thrown) ? thrown.name : 'thrown';
}
