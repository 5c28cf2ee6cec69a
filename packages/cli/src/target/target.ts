/** Where a server is found: it listens at a URL, or is a program that is started and spoken to over stdio. */
export type Target =
  | { readonly kind: 'http' | 'sse'; readonly url: URL }
  | { readonly kind: 'stdio'; readonly command: string; readonly args: readonly string[] };

/** How a target is called in messages. */
export function nameOf(target: Target): string {
  return target.kind === 'stdio' ? [target.command, ...target.args].join(' ') : target.url.href;
}
