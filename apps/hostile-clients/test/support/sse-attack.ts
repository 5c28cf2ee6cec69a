import { get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { HttpAttack } from './http-attack.js';
import type { Input } from './inputs.js';
import { requireJsonRpc, type Victim } from './victim.js';
import { both, initialize, rest } from './wire.js';

/** HTTP+SSE: what is posted is answered on a stream beside it, where all that arrives is judged. */
export async function attackSse({ address }: Victim) {
  const attack = new HttpAttack(address);
  let stream: IncomingMessage | undefined;
  let heard = '';
  let pings = 0;

  const judge = () => {
    for (const [, data = ''] of heard.matchAll(/^data: (\{.*)\n/gm)) requireJsonRpc(data);
    heard = '';
  };
  const waitFor = async (pattern: RegExp) => {
    for (const end = Date.now() + 5000; !pattern.test(heard); await rest(2))
      if (Date.now() > end) throw new Error(`No ${pattern} on the stream: ${heard.slice(-300)}`);
    return pattern.exec(heard)?.[1] ?? '';
  };
  const open = async () => {
    stream?.destroy();
    heard = '';
    const req = get(address);
    [stream] = (await once(req, 'response')) as [IncomingMessage];
    stream.setEncoding('utf8').on('data', (chunk: string) => (heard += chunk));
    stream.on('error', () => {});
    attack.url = new URL(await waitFor(/data: (\S+)\n/), address);
  };
  const ping = async () => {
    const id = `ping-${(pings += 1)}`;
    const { status } = await attack.post(Buffer.from(`{"jsonrpc":"2.0","id":"${id}","method":"ping"}`), both);
    if (status !== 202) throw new Error(`A ping was answered ${status}`);
    await waitFor(new RegExp(`"${id}"`));
    judge();
  };
  const good = async () => {
    if (stream !== undefined) await ping();
    await open();
    await attack.post(Buffer.from(JSON.stringify(initialize())), both);
    await ping();
  };
  await good();
  const end = () => {
    stream?.destroy();
    attack.close();
  };
  return { hit: (input: Input) => attack.hit(input), good, end };
}
