const redacted = '[redacted]';

/** Names whose values are secrets, in the spelling of headers, DTOs and environment variables. */
const secretName =
  /authorization|cookie|passw(or)?d|passphrase|secret|credential|(?<!progress)[-_]?token$|api[-_]?key|private[-_]?key|requestState/i;

/**
 * Secrets by their looks. Texts may come from clients, so each pattern is linear: what repeats without bound starts
 * only where no such character stands before.
 */
const secretTexts: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // Authorization: Bearer … and Basic …; the lookahead leaves "bearer authentication" alone
  [/\b(bearer|basic)(\s+)(?=\S*\d|\S{24})[\w.~+/=-]{8,}/gi, `$1$2${redacted}`],
  // JSON Web Tokens: base64url of `{"` and at least two dots
  [/(?<![\w-])eyJ[\w-]+\.[\w-]+(\.[\w-]*){1,3}/g, redacted],
  // keys of Stripe, OpenAI, Anthropic, GitHub, Slack, AWS
  [/(?<![\w-])[srp]k[-_](?=[\w-]*\d)[\w-]{16,}/g, redacted],
  [/(?<![\w-])(gh[pousr]_|github_pat_|xox[abeprs]-)[\w-]{16,}/g, redacted],
  [/\bAKIA[0-9A-Z]{16}\b/g, redacted],
  // https://user:password@host
  [/\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#:@]*:[^\s/?#]*@/gi, `$1${redacted}@`],
  // password=…, as in query strings and connection strings
  [/\b(passw(?:or)?d|pwd|secret|token|api[-_]?key)=[^\s"'&,;]+/gi, `$1=${redacted}`],
];

export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** The text without what looks like a secret in it. */
export function withoutSecrets(text: string): string {
  return secretTexts.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement), text);
}

export { redacted };
