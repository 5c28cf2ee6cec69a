import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Pages of the built site, without the reference, that no sidebar leads to. */
export function sidebarFaults(site) {
  const bars = ['guide/index.html', 'decisions/index.html'].map((page) => join(site, page));
  const html = bars.map((page) => (existsSync(page) ? readFileSync(page, 'utf8') : '')).join('');
  return readdirSync(site, { recursive: true })
    .filter((name) => name.endsWith('.html') && !/^(api|assets)\/|^(index|404)\.html$/.test(name))
    .map((name) => `/${name.replace(/index\.html$/, '')}`)
    .filter((address) => !html.includes(`href="${address}"`))
    .map((address) => `no sidebar leads to ${address}; list the page in the index.md of its folder`);
}
