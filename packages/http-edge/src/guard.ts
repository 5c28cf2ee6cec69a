import type { IncomingMessage } from 'node:http';
import { Refusal, rpcCode } from './refusal.js';

export interface GuardRules {
  readonly allowedHosts: readonly string[] | 'any';
  readonly allowedOrigins: readonly string[] | 'any';
  /** Exact origins that pass beside the names above. */
  readonly cors: readonly string[];
}

/**
 * Throws a 403 unless both headers are allowed. Each is checked alone: a page on an allowed origin may
 * not reach a rebound name, and a rebound page may not borrow an allowed name.
 */
export function guard(
  { headers, rawHeaders }: Pick<IncomingMessage, 'headers' | 'rawHeaders'>,
  rules: GuardRules,
): void {
  // Node.js reads the first one; what stands before this server may have gone by the other.
  if (rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === 'host').length > 1)
    throw new Refusal(400, rpcCode.refused, 'There is more than one Host header', { connection: 'close' });
  if (rules.allowedHosts !== 'any' && !rules.allowedHosts.includes(hostName(headers.host) ?? ''))
    throw new Refusal(403, rpcCode.refused, 'Host is not allowed');
  if (!originAllowed(headers.origin, rules)) throw new Refusal(403, rpcCode.refused, 'Origin is not allowed');
}

function originAllowed(origin: string | undefined, rules: GuardRules): boolean {
  if (origin === undefined || rules.allowedOrigins === 'any' || rules.cors.includes(origin)) return true;
  // `null`, the origin of sandboxed pages and local files, does not parse and is refused with the rest.
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  return /^https?:$/.test(protocol) && rules.allowedOrigins.includes(hostname);
}

/** The name in a Host header, lower case, without port; undefined unless there is a host and nothing else. */
function hostName(header: string | undefined): string | undefined {
  if (header === undefined || /[/?#@\\\s]/.test(header) || !URL.canParse(`http://${header}`))
    return undefined;
  return new URL(`http://${header}`).hostname;
}
