import type { ClientCapabilities } from '@modelcontextprotocol/server';
import { RepriseError } from '../errors/index.js';

/** What a question needs of the client. */
export type Capability = 'elicitation.form' | 'elicitation.url' | 'sampling' | 'roots';

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

/** Throws CapabilityError unless the client declared the capability. */
export function requireCapability(declared: ClientCapabilities, capability: Capability): void {
  switch (capability) {
    case 'elicitation.form': {
      const modes = declared.elicitation;
      // before modes existed an empty object meant forms; it still does
      if (modes && (modes.form !== undefined || modes.url === undefined)) return;
      throw new CapabilityError(capability, { elicitation: { form: {} } });
    }
    case 'elicitation.url':
      if (declared.elicitation?.url !== undefined) return;
      throw new CapabilityError(capability, { elicitation: { url: {} } });
    case 'sampling':
      if (declared.sampling !== undefined) return;
      throw new CapabilityError(capability, { sampling: {} });
    case 'roots':
      if (declared.roots !== undefined) return;
      throw new CapabilityError(capability, { roots: {} });
  }
}
