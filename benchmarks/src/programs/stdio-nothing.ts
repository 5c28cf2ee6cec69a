/** What no server can be faster than: node itself. */
process.stdin.once('data', () => {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, result: { serverInfo: {} } })}\n`);
});
