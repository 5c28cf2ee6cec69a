import { posix } from 'node:path';

/** What this file needs of markdown-it; VitePress does not pass its types on. */
interface Token {
  type: string;
  tag: string;
  attrs: [string, string][] | null;
  children: Token[] | null;
}
interface Markdown {
  core: { ruler: { push(name: string, rule: (state: { tokens: Token[]; env: PageEnv }) => void): void } };
}
interface PageEnv {
  relativePath?: string;
}

/**
 * Pages link to source files beside docs/, which the site does not have. With the address of a repository
 * such a link leads there; without one it is plain text.
 */
export function outsideLinks(markdown: Markdown, repository: string | undefined): void {
  markdown.core.ruler.push('outside-links', ({ tokens, env }) => {
    const folder = posix.dirname(env.relativePath ?? '');
    for (const { children } of tokens) relink(children ?? [], folder, repository);
  });
}

function relink(tokens: Token[], folder: string, repository: string | undefined): void {
  let dropped = false;
  for (const token of tokens) {
    if (token.type === 'link_close' && dropped) {
      token.tag = 'span';
      dropped = false;
    }
    if (token.type !== 'link_open') continue;
    const href = token.attrs?.find(([name]) => name === 'href');
    const target = href && targetOf(href[1], folder);
    if (!href || target === undefined) continue;
    if (repository !== undefined) href[1] = `${repository}/blob/main/${target}`;
    else [token.tag, token.attrs, dropped] = ['span', [], true];
  }
}

/** The path from the root of the repository, when the link leads out of docs/. */
function targetOf(href: string, folder: string): string | undefined {
  if (/^([a-z]+:|#|\/)/.test(href)) return undefined;
  const path = posix.join('docs', folder, href);
  return path.startsWith('docs/') ? undefined : path;
}
