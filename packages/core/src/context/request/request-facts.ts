import type { ServerEvent } from '@modelcontextprotocol/server';
import { RepriseError } from '../../errors/index.js';
import type { TraceIds } from '../../telemetry/index.js';
import { Context } from '../context.js';
import type { ContextParts } from '../context-parts.js';
import type { RequestState } from '../state/request-state.js';
import { type SessionState, StoredSession } from '../state/session-state.js';
import { type RequestInfo, requestInfoOf } from './request-info.js';

/** The members of a Context that tell about its request and keep what belongs to it. */
export abstract class RequestFacts extends Context {
  override readonly requestId;
  override readonly sessionId;
  override readonly era;
  override readonly transport;
  override readonly signal;
  override readonly app;
  override readonly server;
  override readonly client;
  override readonly clientId;
  override readonly protocolVersion;
  override readonly principal;
  override readonly http;
  #request: RequestInfo | undefined;
  #hasEnded = false;

  constructor(protected readonly parts: ContextParts) {
    super();
    const { exchange } = parts;
    this.requestId = exchange.requestId;
    this.sessionId = exchange.sessionId;
    this.era = exchange.era;
    this.transport = exchange.transport;
    this.signal = exchange.signal;
    this.app = parts.surroundings.app;
    this.server = parts.surroundings.server;
    this.client = exchange.client;
    this.clientId = exchange.identity?.clientId ?? exchange.client.info?.name;
    this.protocolVersion = exchange.protocolVersion;
    this.principal = exchange.identity;
    this.http = exchange.http;
  }

  override get request(): RequestInfo {
    const { call, exchange, scope, nested } = this.live('request');
    this.#request ??= requestInfoOf(call, exchange, { round: scope.round(), nested });
    return this.#request;
  }

  override get trace(): TraceIds | undefined {
    return this.parts.scope.watch.trace;
  }

  override get state(): RequestState {
    return this.live('state').state;
  }

  override get session(): SessionState {
    const { surroundings, exchange, where } = this.live('session');
    return new StoredSession(surroundings.sessions, exchange, where);
  }

  override notifyToolsChanged(): void {
    this.tell('notifyToolsChanged', { kind: 'tools_list_changed' });
  }

  override notifyResourcesChanged(): void {
    this.tell('notifyResourcesChanged', { kind: 'resources_list_changed' });
  }

  override notifyPromptsChanged(): void {
    this.tell('notifyPromptsChanged', { kind: 'prompts_list_changed' });
  }

  override notifyResourceUpdated(uri: string): void {
    this.tell('notifyResourceUpdated', { kind: 'resource_updated', uri });
  }

  /** Called when what runs with this Context is done: from now on it is one that somebody kept. */
  end(): void {
    this.#hasEnded = true;
  }

  protected get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Throws OUTSIDE_REQUEST for a Context that was kept longer than its request. */
  protected live(member: string): ContextParts {
    if (!this.#hasEnded) return this.parts;
    throw new RepriseError('OUTSIDE_REQUEST', `ctx.${member} was used after its request had ended.`, {
      where: this.parts.where,
      fix: member.startsWith('notify')
        ? `Call ${member}() of the server instead.`
        : 'Await everything that uses the Context before the handler returns, or take what it needs out of the Context first.',
    });
  }

  private tell(member: string, event: ServerEvent): void {
    this.live(member).scope.notices.add(event);
  }
}
