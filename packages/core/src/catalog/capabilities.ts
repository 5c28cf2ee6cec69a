import type { ServerCapabilities } from '@modelcontextprotocol/server';

export interface Offer {
  readonly tools: boolean;
  readonly prompts: boolean;
  readonly resources: boolean;
  readonly completions: boolean;
}

/** Declares what is there and nothing else. Logging is always there: every handler may log. */
export function capabilitiesOf(offer: Offer): ServerCapabilities {
  return {
    logging: {},
    ...(offer.tools ? { tools: { listChanged: true } } : {}),
    ...(offer.prompts ? { prompts: { listChanged: true } } : {}),
    ...(offer.resources ? { resources: { subscribe: true, listChanged: true } } : {}),
    ...(offer.completions ? { completions: {} } : {}),
  };
}
