import type { ClientCapabilities } from '@modelcontextprotocol/server';
import type { Logger } from '../../logging/index.js';
import type { Conversation } from '../../replay/index.js';
import type { Watch } from '../../telemetry/index.js';
import type { ContextParts } from '../context-parts.js';
import type { OwnTools } from './tools/own-tools.js';
import type { SamplingOptions } from './sampling-handler.js';

/** What sampling needs of the request it serves. */
export interface SampleSetting {
  /** `Class.method`, for errors. */
  readonly where: string;
  readonly capabilities: ClientCapabilities;
  /** The server's own model, if it has one. */
  readonly server: SamplingOptions | undefined;
  readonly own: OwnTools;
  readonly conversation: Conversation;
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly watch: Pick<Watch, 'ask'>;
}

export function settingOf({
  where,
  conversation,
  exchange,
  surroundings,
  scope,
  ownTools,
}: ContextParts): SampleSetting {
  return {
    where,
    conversation,
    own: ownTools,
    signal: exchange.signal,
    capabilities: exchange.client.capabilities,
    server: surroundings.sampling,
    log: surroundings.log,
    watch: scope.watch,
  };
}
