import { fileURLToPath } from 'node:url';
import { connect } from './demo/connect.js';
import type { ClientKind } from './demo/desk-client.js';
import { Ledger } from './demo/ledger.js';
import { playScene, scenes, type Take } from './demo/scenario.js';
import { type Endpoint, programOf, ServerProcess } from './demo/server-process.js';
import { counted, painter, table, tell } from './demo/tell.js';
import { User } from './demo/user.js';

const main = fileURLToPath(new URL('./main.js', import.meta.url));
const paint = painter(process.stdout.isTTY);

const kinds: Record<Endpoint['transport'], readonly ClientKind[]> = {
  stdio: ['v1', 'v2 legacy', 'v2 pinned 2026-07-28'],
  sse: ['v1', 'v2 legacy'],
  'streamable-http': ['v1', 'v2 legacy', 'v2 pinned 2026-07-28'],
};

const headings = ['client', 'transport', 'era', 'questions', 'rounds', 'steps that ran', ''];

interface Conversation {
  readonly kind: ClientKind;
  readonly transport: Endpoint['transport'];
  readonly era: string;
  readonly takes: readonly Take[];
}

process.exitCode = (await demo()) ? 0 : 1;

/** Whether everything went as it has to. */
async function demo(): Promise<boolean> {
  const ledger = new Ledger();
  try {
    const conversations = [
      ...(await overStdio(ledger)),
      ...(await overHttp('sse', ledger)),
      ...(await overHttp('streamable-http', ledger)),
    ];
    console.log(paint('bold', 'One class, every client:\n'));
    console.log(table([headings, ...conversations.map(summary)]));
    const faults = conversations.flatMap(({ takes }) => takes.flatMap((take) => take.faults));
    const verdict =
      faults.length === 0
        ? paint('green', 'Same words everywhere, every step once.')
        : paint('red', `${faults.length} thing(s) went wrong; see WRONG above.`);
    console.log(`\n${verdict}`);
    return faults.length === 0;
  } finally {
    ledger.remove();
  }
}

async function overStdio(ledger: Ledger): Promise<Conversation[]> {
  const program = programOf(main, ['--transport', 'stdio'], environment(ledger));
  return converseWithAll({ transport: 'stdio', program }, ledger);
}

async function overHttp(transport: 'sse' | 'streamable-http', ledger: Ledger): Promise<Conversation[]> {
  const server = await ServerProcess.start(main, transport, { env: environment(ledger) });
  try {
    return await converseWithAll(server.endpoint, ledger);
  } finally {
    await server.stop();
  }
}

async function converseWithAll(endpoint: Endpoint, ledger: Ledger): Promise<Conversation[]> {
  const conversations: Conversation[] = [];
  for (const kind of kinds[endpoint.transport]) conversations.push(await converse(kind, endpoint, ledger));
  return conversations;
}

async function converse(kind: ClientKind, endpoint: Endpoint, ledger: Ledger): Promise<Conversation> {
  const { transport } = endpoint;
  const user = new User();
  const client = await connect(kind, endpoint, user);
  console.log(paint('bold', `── ${kind} client over ${transport} (${client.era})`));
  try {
    const takes: Take[] = [];
    for (const scene of scenes) {
      const take = await playScene(scene, { client, user, ledger });
      console.log(tell(take, paint));
      takes.push(take);
    }
    return { kind, transport, era: client.era, takes };
  } finally {
    await client.close();
  }
}

/** A key of its own for every run, so that no server warns about a missing one. */
function environment(ledger: Ledger): Record<string, string> {
  return { TRIP_DESK_LEDGER: ledger.file, REPRISE_STATE_KEY: crypto.randomUUID() };
}

function summary({ kind, transport, era, takes }: Conversation): string[] {
  const questions = takes.reduce((sum, { asked, prompts }) => sum + asked.length + prompts.length, 0);
  const allRounds = takes.map(({ rounds }) => rounds).join(' + ');
  const steps = counted(takes.flatMap(({ effects }) => effects)).join(', ');
  const verdict = takes.every(({ faults }) => faults.length === 0) ? 'ok' : 'WRONG';
  return [kind, transport, era, String(questions), allRounds, steps, verdict];
}
