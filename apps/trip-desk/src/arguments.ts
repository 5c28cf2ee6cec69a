import { parseArgs } from 'node:util';

export const transportNames = ['stdio', 'sse', 'streamable-http'] as const;

export interface Arguments {
  readonly transport: (typeof transportNames)[number];
  readonly port: number;
}

export const usage = `Usage: npm start -- [--transport ${transportNames.join('|')}] [--port N]

  --transport  how clients reach the server; default streamable-http
  --port       of the two HTTP transports; default 3000, 0 takes any free one`;

/** What the command line asks for; `help` for --help. Throws an Error with one sentence for what it cannot understand. */
export function readArguments(line: readonly string[]): Arguments | 'help' {
  const { values } = parseArgs({
    args: [...line],
    options: {
      transport: { type: 'string', default: 'streamable-http' },
      port: { type: 'string', default: '3000' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const transport = transportNames.find((name) => name === values.transport);
  if (!transport)
    throw new Error(
      `There is no transport "${values.transport}". Choose one of: ${transportNames.join(', ')}.`,
    );
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new Error(`"${values.port}" is no port. Give a whole number from 0 to 65535.`);
  return { transport, port };
}
