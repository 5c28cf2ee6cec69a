import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Surroundings } from '../surroundings.js';
import type { StdioRelay } from './stdio-relay.js';

export interface ServerParts {
  readonly entry: string;
  readonly args: readonly string[];
  /** How long it may take to end before it is killed, in milliseconds. */
  readonly grace: number;
  /** Missing where a person sits at stdin: then no client is there. */
  readonly relay: StdioRelay | undefined;
  /** Told when the server ends without being asked to. */
  readonly onEnded: (code: number | null) => void;
}

const portTaken = /EADDRINUSE|ADDRESS_IN_USE|is taken by another process/;
const attempts = 20;

/** The server under development: one process at a time. */
export class ServerProcess {
  #child: ChildProcess | undefined;
  #turn: Promise<void> = Promise.resolve();
  #isQueued = false;
  #isStopped = false;

  constructor(
    private readonly parts: ServerParts,
    private readonly around: Surroundings,
  ) {}

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts it, after the one before has ended. Several at once are one. */
  restart(): void {
    if (this.#isQueued) return;
    this.#isQueued = true;
    this.#turn = this.#turn.then(async () => {
      this.#isQueued = false;
      await this.#end();
      if (!this.#isStopped) this.#start(attempts);
    });
  }

  /** SIGTERM, then SIGKILL after the grace. Resolves when no process is left. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#turn;
    await this.#end();
  }

  /** Without waiting. */
  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  #start(attemptsLeft: number): void {
    const { relay, entry, args } = this.parts;
    const { cwd, env } = this.around;
    const child = spawn(process.execPath, ['--enable-source-maps', entry, ...args], {
      cwd,
      env: { REPRISE_LOG_LEVEL: 'debug', ...env },
      // stderr is looked at, for a port that is not free yet
      stdio: relay ? ['pipe', 'pipe', 'pipe'] : ['ignore', 'inherit', 'pipe'],
    });
    this.#child = child;
    relay?.attach(child);
    let isPortTaken = false;
    child.stderr?.on('data', (chunk: Buffer) => {
      isPortTaken ||= portTaken.test(chunk.toString());
      this.around.stderr.write(chunk);
    });
    child.once('close', (code) => {
      if (this.#child !== child) return; // it was ended
      this.#child = undefined;
      relay?.detach();
      if (isPortTaken && attemptsLeft > 1 && !this.#isStopped) this.#tryAgain(attemptsLeft - 1);
      else this.parts.onEnded(code);
    });
  }

  /** The port of a process that has ended may stay taken for a moment, or another one leaves it. */
  #tryAgain(attemptsLeft: number): void {
    this.#turn = this.#turn.then(async () => {
      await new Promise((resolve) => setTimeout(resolve, 250));
      if (!this.#isStopped && this.#child === undefined && !this.#isQueued) this.#start(attemptsLeft);
    });
  }

  async #end(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), this.parts.grace);
    await ended;
    clearTimeout(timer);
    this.parts.relay?.detach();
  }
}
