/** Runs inside of the reader's project: calls the servers it has built, in both eras, and says what went wrong, as JSON. */
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { connect } from '@reprise/testing';
import { calls } from './calls.mjs';

const faults = {};
let made = 0;
for (const [page, servers] of Object.entries(calls)) {
  faults[page] = [];
  for (const [place, wanted] of Object.entries(servers))
    for (const era of ['modern', 'legacy'])
      await play(place, wanted, era).catch((error) =>
        faults[page].push(`${place}, ${era}: ${error.message}`),
      );
}
console.log(JSON.stringify({ made, faults }));
process.exit(0); // a server that would not stop is no reason to wait

async function play(place, wanted, era) {
  const [file, name] = place.split('#');
  const module = await import(pathToFileURL(resolve('dist', file)).href);
  if (!module[name]) throw new Error('there is nothing of that name');
  const client = await connect(module[name], { era, options: { devCheck: false } });
  for (const call of wanted.filter(({ legacyOnly }) => !legacyOnly || era === 'legacy')) {
    made += 1;
    client.answers(call.answers ?? []).model(call.model ?? []);
    const { told, rounds } = await send(client, call);
    const ask = call.tool ?? call.prompt ?? call.uri;
    if (call.fails ? !call.fails.test(told.error ?? '') : !call.gives.test(told.text ?? ''))
      throw new Error(`${ask} ${JSON.stringify(told)}, not ${call.fails ?? call.gives}`);
    if (call.rounds && era === 'modern' && rounds !== call.rounds)
      throw new Error(`${ask} took ${rounds} rounds, not ${call.rounds}`);
  }
  await client.close().catch(() => undefined);
}

async function send(client, { tool, prompt, uri, args }) {
  const call = tool ? client.call(tool, args) : prompt ? client.prompt(prompt, args) : client.read(uri);
  const told = await call.then(
    async () => ({ text: await call.text() }),
    (error) => ({ error: error.message }),
  );
  return { told, rounds: call.rounds };
}
