import type { Input } from './inputs.js';
import { requireJsonRpc, type Victim } from './victim.js';
import { initialize, modern, rest } from './wire.js';

/** stdio: every input is a line or some, followed by a ping; all lines that come back are judged. */
export function attackStdio(era: 'legacy' | 'modern') {
  return async ({ process: { stdin, stdout } }: Victim) => {
    if (stdin === null || stdout === null) throw new Error('The victim has no pipes.');
    let heard = '';
    let pings = 0;
    stdout.setEncoding('utf8').on('data', (chunk: string) => (heard += chunk));
    const good = async () => {
      const id = `ping-${(pings += 1)}`;
      const body = era === 'legacy' ? { jsonrpc: '2.0', method: 'ping' } : modern('tools/list', {}).body;
      stdin.write(`\n${JSON.stringify({ ...body, id })}\n`);
      for (const end = Date.now() + 5000; !heard.includes(`"${id}"`); await rest(1))
        if (Date.now() > end) throw new Error(`No answer to ${id}: ${heard.slice(-300)}`);
      const lines = heard.slice(0, heard.lastIndexOf('\n'));
      heard = heard.slice(heard.lastIndexOf('\n') + 1);
      for (const line of lines.split('\n').filter(Boolean)) requireJsonRpc(line);
    };
    const hit = async (input: Input) => {
      stdin.write(input.kind === 'bytes' ? input.bytes : input.body);
      await good();
    };
    stdin.write(`${JSON.stringify(era === 'legacy' ? initialize() : modern('server/discover', {}).body)}\n`);
    await good();
    return { hit, good, end: () => {} };
  };
}
