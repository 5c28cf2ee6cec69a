import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { root } from '../prepare.mjs';

const { chromium } = createRequire(`${root}docs/package.json`)('playwright-core');
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium of this machine, or undefined: CHROMIUM names one that is elsewhere. */
export function findChromium() {
  return [process.env.CHROMIUM, ...places].find((path) => path && existsSync(path));
}

/** Starts it without any traffic of its own. */
export function launch(executablePath) {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, headless: true, args });
}
