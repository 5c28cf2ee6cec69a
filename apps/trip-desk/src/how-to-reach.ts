import type { Arguments } from './arguments.js';

/** What a person needs to connect: the address, the Inspector, and the entry for a client's configuration file. */
export function howToReach(transport: Arguments['transport'], address: string, main: string): string {
  if (transport === 'stdio')
    return [
      'trip-desk speaks MCP on stdin and stdout.',
      '',
      'Inspector:',
      `  npx @modelcontextprotocol/inspector ${process.execPath} ${main} --transport stdio`,
      '',
      'Configuration of a client:',
      configuration({ command: process.execPath, args: [main, '--transport', 'stdio'] }),
    ].join('\n');
  const [type, label] = transport === 'sse' ? ['sse', 'SSE'] : ['http', 'Streamable HTTP'];
  return [
    `trip-desk listens on ${address}`,
    '',
    'Inspector:',
    '  npx @modelcontextprotocol/inspector',
    `  then choose the transport "${label}" and the URL ${address}`,
    '',
    'Configuration of a client:',
    configuration({ type, url: address }),
    '',
    'Ctrl-C stops it.',
  ].join('\n');
}

function configuration(entry: object): string {
  const text = JSON.stringify({ mcpServers: { 'trip-desk': entry } }, null, 2);
  return text.replace(/^/gm, '  ');
}
