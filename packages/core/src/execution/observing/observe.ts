import { createHash } from 'node:crypto';
import type { Catalog } from '../../catalog/index.js';
import type { Call, Surroundings } from '../../context/index.js';
import { ChildLogger, type LogFields, type Logger } from '../../logging/index.js';
import type { Watch } from '../../telemetry/index.js';
import type { Arrived } from '../running-request.js';

/** What an operator sees of one request: each line of its log says which it is, and its span and measurements do. */
export function observe(surroundings: Surroundings, arrived: Arrived): { log: Logger; watch: Watch } {
  const { call, reach, exchange } = arrived;
  const watch = surroundings.telemetry.begin(exchange.meta, () => ({
    method: call.method,
    name: nameIn(reach.catalog, call),
    uri: 'uri' in call ? call.uri : undefined,
    era: exchange.era,
    transport: exchange.transport,
    requestId: exchange.requestId,
    sessionId: exchange.sessionId,
    protocolVersion: exchange.protocolVersion,
  }));
  return { watch, log: new ChildLogger(surroundings.log, () => fieldsOf(arrived, watch)) };
}

function fieldsOf({ call, exchange }: Arrived, { trace }: Watch): LogFields {
  const { requestId, sessionId, principal } = exchange;
  return { requestId, sessionId, ...targetOf(call), principal: hashOf(principal), traceId: trace?.traceId };
}

function targetOf(call: Call): LogFields {
  switch (call.method) {
    case 'tools/call':
      return { tool: call.name };
    case 'prompts/get':
      return { prompt: call.name };
    case 'resources/read':
      return { uri: call.uri };
    default:
      return { method: call.method };
  }
}

/** Tells the lines of one principal from those of others, and nobody who it is. */
function hashOf(principal: string): string | undefined {
  if (principal === '') return undefined;
  return createHash('sha256').update(principal).digest('hex').slice(0, 12);
}

/** The component behind a call, in one of the names that the server gave; undefined where there is none. */
function nameIn(catalog: Catalog, call: Call): string | undefined {
  switch (call.method) {
    case 'tools/call':
      return catalog.tools.has(call.name) ? call.name : undefined;
    case 'prompts/get':
      return catalog.prompts.has(call.name) ? call.name : undefined;
    case 'resources/read':
      if (catalog.resources.has(call.uri)) return call.uri;
      return catalog.templates.find((template) => template.match(call.uri))?.definition.uriTemplate;
    default:
      return undefined;
  }
}
