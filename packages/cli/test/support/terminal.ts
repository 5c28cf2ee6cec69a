import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { bin } from './reprise.js';

const program = '/usr/bin/script';

/** Whether this machine can make a pseudo-terminal: with `script` of util-linux. */
export const hasTerminal = process.platform === 'linux' && existsSync(program);

/** A text to wait for, after the one before, and what is typed then. */
export type Step = readonly [awaited: string, keys: string];

export const keys = { down: '\u001B[B', enter: '\r', escape: '\u001B', space: ' ', clear: '\u0015' };

export interface Conversation {
  readonly code: number | null;
  readonly seen: string;
  /** What was on the screen when each step was typed. */
  readonly screens: readonly string[];
}

/** Runs the command line at a terminal where a person types. */
export async function atTerminal(
  words: readonly string[],
  cwd: string,
  steps: readonly Step[],
): Promise<Conversation> {
  const line = [process.execPath, bin, ...words].map((word) => `'${word}'`).join(' ');
  const child = spawn(program, ['-qec', `stty cols 120 rows 30; ${line}`, '/dev/null'], {
    cwd,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const person = new Person(steps, (typed) => child.stdin.write(typed));
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => person.see(chunk));
  const timer = setTimeout(() => child.kill(), 30_000);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  return { code, seen: person.seen, screens: person.screens };
}

/** Waits a moment before each answer, as people do: what else appears until then can be seen. */
const moment = 150;

class Person {
  seen = '';
  readonly screens: string[] = [];
  readonly #steps: Step[];
  #from = 0;
  #isTyping = false;

  constructor(
    steps: readonly Step[],
    private readonly type: (keys: string) => void,
  ) {
    this.#steps = [...steps];
  }

  see(chunk: string): void {
    this.seen += chunk;
    const [next] = this.#steps;
    if (next === undefined || this.#isTyping || !this.seen.includes(next[0], this.#from)) return;
    this.#isTyping = true;
    this.#steps.shift();
    setTimeout(() => {
      this.screens.push(this.seen);
      this.#from = this.seen.length;
      this.#isTyping = false;
      this.type(next[1]);
    }, moment);
  }
}
