import type { ClientCapabilities, Implementation, Server } from '@modelcontextprotocol/server';
import { type Capability, isSupported } from '../capability-error.js';

/** The client behind a request. */
export interface ClientInfo {
  /** The name and version it declared. */
  readonly info: Implementation | undefined;
  /** What it declared to be able to do. */
  readonly capabilities: ClientCapabilities;
  /** Whether a question of that kind can reach it: `supports('elicitation.url')`. */
  supports(capability: Capability): boolean;
  /** The SDK's protocol server that talks to this client: for what the Context does not offer. Ties you to the SDK's version. */
  readonly sdk: Server;
}

/** Not part of what a log or a result would print of it: the SDK's server, which is looked up when it is asked for. */
export class RequestClientInfo implements ClientInfo {
  readonly #of: { readonly sdk: Server };

  constructor(
    readonly info: Implementation | undefined,
    readonly capabilities: ClientCapabilities,
    of: { readonly sdk: Server },
  ) {
    this.#of = of;
  }

  get sdk(): Server {
    return this.#of.sdk;
  }

  supports(capability: Capability): boolean {
    return isSupported(this.capabilities, capability);
  }
}
