import { printLines } from '../report.js';
import { initialize, initialized, statelessCall } from '../messages.js';
import { SoakedServer } from './soaked-server.js';

const sessionCount = 10_000;
/** Milliseconds: longer than it takes to open all sessions, and for them to come to rest. */
const sessionIdle = 60_000;
/** Milliseconds until a session that nobody uses has been put to rest, with `sessionRest` as it is by default. */
const untilRest = 12_000;
const callCount = 100_000;
const samples = 10;

/** What many sessions and many calls leave behind in memory. About five minutes. */
export async function benchSoak(): Promise<void> {
  const sdk = await idleSessions('sessions-sdk');
  const ours = await idleSessions('sessions-reprise', async (server, before) => {
    await new Promise((resolve) => setTimeout(resolve, sessionIdle * 1.5));
    return (await server.heap()) / before;
  });
  printLines(`${sessionCount} sessions, opened and abandoned without DELETE`, [
    ['SDK, bytes per idle session', sdk.bytes.toFixed(0)],
    [
      'Reprise, bytes per idle session',
      ours.bytes.toFixed(0),
      `× ${(ours.bytes / sdk.bytes).toFixed(2)}, aim: < 0.50`,
    ],
    ['Reprise, heap after expiry beside the start', `× ${ours.left?.toFixed(3)}`, 'aim: ≤ 1.05'],
  ]);
  const { growth, perCall } = await statelessCalls();
  printLines(`${callCount} stateless calls`, [
    ['heap at the end beside the start', `× ${growth.toFixed(3)}`, 'aim: flat'],
    ['slope, bytes per call', perCall.toFixed(2)],
  ]);
}

async function idleSessions(
  program: string,
  afterwards?: (server: SoakedServer, before: number) => Promise<number>,
): Promise<{ bytes: number; left: number | undefined }> {
  const server = await SoakedServer.start(program, `${sessionIdle}`);
  const open = async (): Promise<void> => {
    const { sessionId, text } = await server.post(initialize);
    if (sessionId === undefined) throw new Error(`${program} answered ${text}`);
    await server.post(initialized(sessionId));
  };
  // What the first requests load and compile is no part of a session.
  await server.times(500, open);
  if (afterwards) await new Promise((resolve) => setTimeout(resolve, sessionIdle * 1.5));
  const before = await server.heap();
  await server.times(sessionCount, open);
  await new Promise((resolve) => setTimeout(resolve, untilRest));
  const bytes = ((await server.heap()) - before) / sessionCount;
  const left = await afterwards?.(server, before);
  await server.stop();
  return { bytes, left };
}

async function statelessCalls(): Promise<{ growth: number; perCall: number }> {
  const server = await SoakedServer.start('sessions-reprise', `${sessionIdle}`);
  const call = async (): Promise<void> => {
    const { text } = await server.post(statelessCall);
    if (!text.includes('nights in')) throw new Error(text);
  };
  // Long enough for the compiler to have settled: what it makes of hot code is heap, too.
  await server.times(callCount / 4, call);
  const heaps = [await server.heap()];
  for (let n = 0; n < samples; n += 1) {
    await server.times(callCount / samples, call);
    heaps.push(await server.heap());
  }
  await server.stop();
  const [first = Number.NaN] = heaps;
  const last = heaps.at(-1) ?? Number.NaN;
  return { growth: last / first, perCall: (last - first) / callCount };
}
