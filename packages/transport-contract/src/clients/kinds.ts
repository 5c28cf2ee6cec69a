/** The clients that are out there: the SDK of the old generation, and what the new one can be told to speak. */
export const clientKinds = ['v1', 'v2 legacy', 'v2 auto', 'v2 pinned 2026-07-28'] as const;

export type ClientKind = (typeof clientKinds)[number];
