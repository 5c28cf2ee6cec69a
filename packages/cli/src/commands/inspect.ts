import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { CommandError, type ExitCode, exitCodes } from '../command-error.js';
import type { Surroundings } from '../surroundings.js';
import { resolveTarget, type TargetWords } from '../target/resolve-target.js';
import type { Target } from '../target/target.js';

/** `reprise inspect`: opens the official Inspector, if it is installed, on a server. Installs nothing. */
export async function inspect(words: TargetWords, around: Surroundings): Promise<ExitCode> {
  const [command, ...args] = findInspector(around);
  const target = await resolveTarget(words, around);
  const child = spawn(command, [...args, ...argumentsFor(target)], {
    cwd: around.cwd,
    env: around.env,
    stdio: 'inherit',
  });
  const end = () => void child.kill();
  process.on('SIGINT', end).on('SIGTERM', end);
  const [code] = (await once(child, 'exit')) as [number | null]; // node: (code, signal)
  return code === 0 || code === null ? exitCodes.done : exitCodes.unusable;
}

function argumentsFor(target: Target): string[] {
  if (target.kind === 'stdio') return ['--', target.command, ...target.args];
  return ['--transport', target.kind, '--server-url', target.url.href];
}

/** The project's own copy, else one on the PATH. */
function findInspector({ cwd, env }: Surroundings): [string, ...string[]] {
  const manifest = resolveManifest(cwd);
  if (manifest !== undefined) {
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin?: Record<string, string> }; // npm's format
    const program = bin?.['mcp-inspector'];
    if (program !== undefined) return [process.execPath, join(dirname(manifest), program)];
  }
  const name = process.platform === 'win32' ? 'mcp-inspector.cmd' : 'mcp-inspector';
  const found = (env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  if (found !== undefined) return [found];
  throw new CommandError(
    'The MCP Inspector is not installed here.',
    'Run: npm install --save-dev @modelcontextprotocol/inspector (it needs Node 22.7.5 or newer)',
  );
}

function resolveManifest(cwd: string): string | undefined {
  try {
    return createRequire(join(cwd, 'package.json')).resolve('@modelcontextprotocol/inspector/package.json');
  } catch {
    return undefined;
  }
}
