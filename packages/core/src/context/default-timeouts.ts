/** How long a legacy client may take to answer, in milliseconds, unless the call says otherwise. */
export const defaultTimeouts = {
  elicitation: 10 * 60_000,
  sampling: 60_000,
  other: 30_000,
} as const;
