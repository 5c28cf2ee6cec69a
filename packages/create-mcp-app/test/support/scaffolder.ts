import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const packageFolder = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(packageFolder, 'bin/create-mcp-app.js');

export interface Ran {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** An empty folder of its own for one test, and the built program run in it. */
export class Scaffolder {
  // outside every repository, without symbolic links in its path
  readonly folder = mkdtempSync(join(realpathSync(tmpdir()), 'create-mcp-app-test-'));
  /** git knows an author, and npm is whatever the test puts in place. */
  readonly env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: [join(this.folder, '.programs'), process.env['PATH']].join(delimiter),
    GIT_CONFIG_GLOBAL: join(this.folder, '.programs/gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    npm_config_user_agent: 'npm/11.0.0 node/v20.20.0',
  };

  constructor() {
    mkdirSync(join(this.folder, '.programs'));
    writeFileSync(
      this.env['GIT_CONFIG_GLOBAL'] ?? '',
      '[user]\n\tname = Ada\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n',
    );
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** A program that comes first on the PATH. */
  program(name: string, script: string): void {
    writeFileSync(this.path('.programs', name), `#!/bin/sh\n${script}\n`);
    chmodSync(this.path('.programs', name), 0o755);
  }

  run(args: string[], { cwd = this.folder, node = [] as string[], env = {} as NodeJS.ProcessEnv } = {}): Ran {
    const done = spawnSync(process.execPath, [...node, bin, ...args], {
      cwd,
      encoding: 'utf8',
      env: { ...this.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { code: done.status, output: done.stdout, errors: done.stderr };
  }

  /** Sends the signal, once, when that is so. */
  async interrupt(args: string[], when: () => boolean, signal: NodeJS.Signals): Promise<Ran> {
    const child = spawn(process.execPath, [bin, ...args], { cwd: this.folder, env: this.env });
    let output = '';
    let errors = '';
    child.stdout.on('data', (data) => (output += String(data)));
    child.stderr.on('data', (data) => (errors += String(data)));
    const watch = setInterval(() => {
      if (!when()) return;
      clearInterval(watch);
      child.kill(signal);
    }, 20);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    clearInterval(watch);
    return { code, output, errors };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
