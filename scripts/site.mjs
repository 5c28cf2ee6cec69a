/**
 * Builds the documentation site and looks at it in a real Chromium: in light, in dark, at the width of a phone.
 * `--built` takes the site that is there; `--shots <folder>` keeps a picture of every page seen.
 * Ends with `N passed, N failed`. Without a Chromium only the build counts, unless REQUIRE_CHROMIUM is set.
 */
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './prepare.mjs';
import { findChromium, launch } from './site/browser.mjs';
import { serve } from './site/serve.mjs';
import { sidebarFaults } from './site/sidebar-faults.mjs';
import { faultsOf, faultsOfSearch, faultsOfSwitch } from './site/visit.mjs';

const { values } = parseArgs({ options: { built: { type: 'boolean' }, shots: { type: 'string' } } });
const site = join(root, 'docs/.vitepress/dist');
const pages = ['/', '/start/', '/concepts/two-eras', '/concepts/replay', '/guide/steps-and-replay', '/api/'];
const looks = [
  { name: 'light', viewport: { width: 1360, height: 900 }, colorScheme: 'light' },
  { name: 'dark', viewport: { width: 1360, height: 900 }, colorScheme: 'dark' },
  { name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light', reducedMotion: 'reduce' },
];
let passed = 0;
let failed = 0;

if (values.built !== true) {
  const done = spawnSync(process.execPath, [join(root, 'scripts/docs.mjs')], { encoding: 'utf8' });
  count('docs:build', done.status === 0 ? [] : [`${done.stdout}${done.stderr}`]);
}
const built = failed === 0 && existsSync(join(site, 'index.html'));
if (built) count('every page is in a sidebar', sidebarFaults(site));
const chromium = findChromium();
if (!built && failed === 0) count('a built site', ['there is none; run npm run docs:build']);
else if (!built) console.log('The pages are not looked at, because the build failed.');
else if (chromium !== undefined) await look(chromium).catch((error) => count('the browser', [String(error)]));
else if (process.env.REQUIRE_CHROMIUM)
  count('a browser', ['REQUIRE_CHROMIUM is set and there is no Chromium']);
else console.log('skipped: no Chromium (set CHROMIUM)');
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function look(executable) {
  const { url, stop } = await serve(site);
  const browser = await launch(executable);
  try {
    for (const { name, ...options } of looks) {
      const context = await browser.newContext(options);
      for (const path of pages) {
        const shot = values.shots && join(values.shots, `${name}${path.replaceAll('/', '-')}.png`);
        count(`${name} ${path}`, await faultsOf(context, { url, path, dark: name === 'dark', shot }));
      }
      if (name === 'light') {
        count('search', await faultsOfSearch(context, url));
        count('the home page switches eras', await faultsOfSwitch(context, url));
      }
      await context.close();
    }
  } finally {
    await browser.close();
    stop();
  }
}

function count(name, faults) {
  if (faults.length === 0) passed++;
  else failed++;
  console.log(`${faults.length === 0 ? 'ok    ' : 'FAILED'}  ${name}`);
  for (const fault of faults) console.log(`        ${fault}`);
}
