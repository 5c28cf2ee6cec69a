/** What a visitor would see go wrong; each function answers with sentences, none when all is well. */

/** What a visitor would see go wrong on a page. */
export async function faultsOf(context, { url, path, dark, shot }) {
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`threw: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
      faults.push(`asks ${request.url()}`);
  });
  await page.goto(fileOf(url, path), { waitUntil: 'networkidle' });

  const seen = await page.evaluate(() => ({
    heading: document.querySelector('h1')?.getBoundingClientRect().height ?? 0,
    words: document.querySelector('.VPContent')?.textContent.trim().split(/\s+/).length ?? 0,
    wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    dark: document.documentElement.classList.contains('dark'),
    broken: [...document.images].filter((image) => image.naturalWidth === 0).map(({ src }) => src),
  }));
  if (seen.heading === 0) faults.push('no heading is visible');
  if (seen.words < 40) faults.push(`only ${seen.words} words`);
  if (seen.wider > 0) faults.push(`scrolls sideways by ${seen.wider} px`);
  if (seen.dark !== dark) faults.push('wrong colours');
  if (seen.broken.length > 0) faults.push(`pictures do not load: ${seen.broken.join(', ')}`);
  if (shot) await page.screenshot({ path: shot, fullPage: path === '/' });
  await page.close();
  return faults;
}

/** The search box must find a page by a word of its text. */
export async function faultsOfSearch(context, url) {
  const page = await context.newPage();
  await page.goto(fileOf(url, '/guide/'), { waitUntil: 'networkidle' });
  await page.locator('.DocSearch-Button, .VPNavBarSearch button').first().click();
  await page.locator('#localsearch-input').fill('idempotencyKey');
  const hits = page.locator('#localsearch-list a');
  await hits
    .first()
    .waitFor({ timeout: 10_000 })
    .catch(() => undefined);
  const targets = await hits.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  await page.close();
  const found = targets.some((target) => target?.includes('/guide/steps-and-replay'));
  return found ? [] : [`"idempotencyKey" finds ${targets.join(', ') || 'nothing'}`];
}

/** The two buttons of the home page show one run, and three rounds. */
export async function faultsOfSwitch(context, url) {
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'networkidle' });
  const faults = [];
  for (const [label, lanes] of [
    ['2024-11-05', 1],
    ['2026-07-28', 3],
  ]) {
    await page.locator('.choice button', { hasText: label }).click();
    const found = await page.locator('.eras .lane').count();
    if (found !== lanes) faults.push(`${label} shows ${found} lanes instead of ${lanes}`);
  }
  await page.close();
  return faults;
}

function fileOf(url, path) {
  return `${url}${path.endsWith('/') ? path : `${path}.html`}`;
}
