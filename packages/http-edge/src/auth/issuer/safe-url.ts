const loopback = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;

/** Whether secrets and keys may travel over a URL: https, or http that does not leave this machine; nothing hidden in it. */
export function isSafeUrl(text: unknown): text is string {
  if (typeof text !== 'string' || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username + password + search + hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
}

/** Whether metadata found at `from` may send us to `to`: a server elsewhere must not point into this machine. */
export function mayPointTo(from: string, to: unknown): to is string {
  if (!isSafeUrl(to)) return false;
  return loopback.test(new URL(from).hostname) || !loopback.test(new URL(to).hostname);
}
