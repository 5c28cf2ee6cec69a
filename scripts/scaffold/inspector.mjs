/** The official Inspector's CLI, as one more client of the made project. */
import assert from 'node:assert/strict';
import { inspect } from '../inspector/inspect.mjs';
import { installInspector } from '../inspector/install-inspector.mjs';
import { eras } from './clients.mjs';

const order = { potion: 'patience', bottles: 2, drinker: 'Ada' };

/** The target is how the CLI reaches the server: `[url]`, or the words of the command that starts it. */
export async function useInspector(target, { transport, home }) {
  const cli = installInspector();
  for (const era of eras) {
    const way = ['--transport', transport, '--protocol-era', era, '--format', 'json'];
    const call = ['--method', 'tools/call', '--tool-name', 'brew', '--tool-args-json', JSON.stringify(order)];
    const { result, error, err } = await inspect(cli, [...target, ...way, ...call], home);
    assert.match(result?.content?.[0]?.text ?? JSON.stringify(error) ?? err, /^2 × patience for Ada, batch/);
  }
}
