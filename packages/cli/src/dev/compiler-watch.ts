import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Compiler } from '../project/compiler.js';
import { compileArguments } from '../project/compiled-entry.js';
import type { TsConfig } from '../project/tsconfig.js';

export interface CompilerListener {
  /** After each compilation. `report` is what the compiler complained about. */
  readonly onCompiled: (errors: number, report: string) => void;
  readonly onStarted: () => void;
}

/** `tsc --watch`. `ended` resolves when it is gone. */
export interface CompilerWatch {
  readonly pid: number | undefined;
  readonly ended: Promise<unknown>;
  readonly stop: (signal?: NodeJS.Signals) => void;
}

/** Compiles, and again after each change. Nothing is written to stdout. */
export function watchCompiler(
  compiler: Compiler,
  config: TsConfig,
  listener: CompilerListener,
): CompilerWatch {
  const args = [...compileArguments(compiler, config), '--watch', '--preserveWatchOutput', '--locale', 'en'];
  const child = spawn(compiler.command, args, {
    cwd: dirname(config.file),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let report: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const found = /Found (\d+) errors?\./.exec(line)?.[1];
    if (found !== undefined) {
      listener.onCompiled(Number(found), report.join('\n'));
      report = [];
    } else if (/Starting (incremental )?compilation|Projects in this build|File change detected/.test(line)) {
      report = [];
      listener.onStarted();
    } else if (line.trim() !== '') report.push(line);
  });
  return { pid: child.pid, ended: once(child, 'exit'), stop: (signal) => void child.kill(signal) };
}
