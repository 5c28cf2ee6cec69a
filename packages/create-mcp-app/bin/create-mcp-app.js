#!/usr/bin/env node
// Nothing is imported before this check: an old Node would stop at the first file that it cannot read.
const needed = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  console.error(
    `create-mcp-app needs Node ${needed.join('.')} or newer; this is Node ${process.versions.node}.`,
  );
  console.error('Install a current Node from https://nodejs.org, then run the same command again.');
  process.exitCode = 1;
} else {
  void import('../dist/main.js').then(async ({ main }) => {
    process.exitCode = await main({
      args: process.argv.slice(2),
      cwd: process.cwd(),
      userAgent: process.env.npm_config_user_agent,
      input: process.stdin,
      output: process.stdout,
      errors: process.stderr,
    });
  });
}
