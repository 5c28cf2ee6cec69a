import type { ClientCapabilities } from '@modelcontextprotocol/server';
import { RepriseError } from '../errors/index.js';

/** What a question needs of the client. */
export type Capability = 'elicitation.form' | 'elicitation.url' | 'sampling' | 'sampling.tools' | 'roots';

/** The client did not declare what a question needs. Thrown at the `await`, before anything is sent; may be caught. */
export class CapabilityError extends RepriseError {
  constructor(
    readonly capability: Capability,
    /** In the form the protocol states it. */
    readonly required: ClientCapabilities,
  ) {
    super('CAPABILITY', `The client does not support ${capability}.`);
  }
}

const required: Record<Capability, ClientCapabilities> = {
  'elicitation.form': { elicitation: { form: {} } },
  'elicitation.url': { elicitation: { url: {} } },
  sampling: { sampling: {} },
  'sampling.tools': { sampling: { tools: {} } },
  roots: { roots: {} },
};

/** Throws CapabilityError unless the client declared the capability. */
export function requireCapability(declared: ClientCapabilities, capability: Capability): void {
  if (!isSupported(declared, capability)) throw new CapabilityError(capability, required[capability]);
}

/** Whether the client declared the capability. */
export function isSupported(declared: ClientCapabilities, capability: Capability): boolean {
  switch (capability) {
    case 'elicitation.form': {
      const modes = declared.elicitation;
      // before modes existed an empty object meant forms; it still does
      return modes !== undefined && (modes.form !== undefined || modes.url === undefined);
    }
    case 'elicitation.url':
      return declared.elicitation?.url !== undefined;
    case 'sampling':
      return declared.sampling !== undefined;
    case 'sampling.tools':
      return declared.sampling?.tools !== undefined;
    case 'roots':
      return declared.roots !== undefined;
  }
}
