import { mainOf, startApp } from '../start-app.mjs';

/** The ways to a server: the transport, and the era that the Inspector is told to speak. */
export const ways = [
  { name: 'http, legacy', transport: 'http', era: 'legacy' },
  { name: 'http, auto', transport: 'http', era: 'auto' },
  { name: 'http, modern', transport: 'http', era: 'modern' },
  { name: 'sse', transport: 'sse', era: 'legacy' },
  { name: 'stdio, legacy', transport: 'stdio', era: 'legacy' },
  { name: 'stdio, modern', transport: 'stdio', era: 'modern' },
];

/** Starts what each transport needs. Gives `stop`, and the words for the Inspector's CLI to do something on a way. */
export async function openWays(app) {
  const http = await startApp(app);
  const sse = await startApp(app, 'sse');
  // first, or the CLI takes them for more values of an option; a command after `--`, or it takes its options for its own
  const before = { http: [http.url], sse: [sse.url], stdio: [] };
  const command = ['--', process.execPath, mainOf(app), '--transport', 'stdio'];
  return {
    line: ({ transport, era }, words) => [
      ...before[transport],
      ...['--transport', transport, '--protocol-era', era, '--format', 'json'],
      ...words,
      ...(transport === 'stdio' ? command : []),
    ],
    stop: () => Promise.all([http.stop(), sse.stop()]),
  };
}
