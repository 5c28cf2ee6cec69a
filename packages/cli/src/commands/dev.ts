import { once } from 'node:events';
import { dirname, resolve } from 'node:path';
import { CommandError, type ExitCode, exitCodes } from '../command-error.js';
import { type CompilerWatch, watchCompiler } from '../dev/compiler-watch.js';
import { ServerProcess } from '../dev/server-process.js';
import { StdioRelay } from '../dev/stdio-relay.js';
import { outputOf } from '../project/compiled-entry.js';
import { findCompiler } from '../project/compiler.js';
import { findTsConfig, readTsConfig } from '../project/tsconfig.js';
import type { Surroundings } from '../surroundings.js';

export interface DevOptions {
  readonly project?: string;
  readonly grace: number;
}

/**
 * `reprise dev`: compiles, runs, and runs again after each compilation without errors. Says everything on stderr;
 * stdin and stdout are for a client of a stdio server. Ends with Ctrl-C, or when that client and its server are gone.
 */
export async function dev(
  { entry, args }: { readonly entry: string; readonly args: readonly string[] },
  options: DevOptions,
  around: Surroundings,
): Promise<ExitCode> {
  if (!(options.grace >= 0))
    throw new CommandError('--grace is no number of milliseconds.', 'Write --grace 2000.');
  const file =
    options.project === undefined ? findTsConfig(around.cwd) : resolve(around.cwd, options.project);
  const compiler = findCompiler(dirname(file));
  const config = await readTsConfig(file, compiler);
  const say = (text: string) => void around.stderr.write(`reprise: ${text}\n`);

  const relay = around.hasTerminal ? undefined : new StdioRelay(around);
  const done = new AbortController();
  const server = new ServerProcess(
    {
      entry: outputOf(resolve(around.cwd, entry), config, compiler),
      args,
      grace: options.grace,
      relay,
      onEnded: (code) => {
        if (code === 0 && relay?.hasEnded) return done.abort();
        say(
          `the server ended by itself (code ${code ?? 'none'}); it starts again after the next change${hint(code, relay)}`,
        );
      },
    },
    around,
  );
  let changedAt = Date.now();
  const watch = watchCompiler(compiler, config, {
    onStarted: () => (changedAt = Date.now()),
    onCompiled: (errors, report) => {
      if (errors > 0)
        return say(
          `${count(errors)}${server.pid === undefined ? '' : '; the last good server goes on'}\n${report}`,
        );
      say(
        `compiled in ${Date.now() - changedAt} ms, ${server.pid === undefined ? 'starting' : 'starting again'}`,
      );
      server.restart();
    },
  });
  await untilTheEnd(done, watch, server);
  return exitCodes.done;
}

function count(errors: number): string {
  return errors === 1 ? '1 error' : `${errors} errors`;
}

function hint(code: number | null, relay: StdioRelay | undefined): string {
  if (code !== 0 || relay) return '';
  return '.\n  A stdio server is started by its client: make `reprise dev` the command in its configuration';
}

/** Waits for a signal, the client, or the compiler to end it; then leaves no process behind. */
async function untilTheEnd(
  done: AbortController,
  watch: CompilerWatch,
  server: ServerProcess,
): Promise<void> {
  const stop = () => done.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.once('exit', () => {
    watch.stop('SIGKILL');
    server.kill();
  });
  if (!done.signal.aborted) await Promise.race([once(done.signal, 'abort'), watch.ended]);
  const hasFailed = !done.signal.aborted;
  watch.stop();
  await Promise.all([server.stop(), watch.ended]);
  // a client that is still there would keep the process waiting for it
  process.stdin.destroy();
  if (hasFailed)
    throw new CommandError('The compiler ended.', 'See above what it said, and start reprise dev again.');
}
