import type { Writable } from 'node:stream';

export interface StdoutGuard {
  /** The way past the guard: what is written here reaches the real stream. */
  readonly stream: Writable;
  /** Gives the stream back to everybody. */
  release(): void;
}

/**
 * Keeps a stream for the protocol alone: whoever else writes to it, `console.log` included, writes to `aside` instead.
 * Code below Node's streams is out of reach: native add-ons, `fs.writeSync(1)`, children that inherit stdout.
 */
export function guardStdout(stdout: NodeJS.WriteStream, aside: NodeJS.WriteStream): StdoutGuard {
  const before = Object.getOwnPropertyDescriptor(stdout, 'write');
  const write = stdout.write.bind(stdout);
  // `console` and `pipe()` look `write` up on the stream each time they use it, so one property redirects all of them.
  const redirect = aside.write.bind(aside);
  stdout.write = redirect;
  return {
    stream: unguarded(stdout, write),
    release() {
      // Somebody may have wrapped `write` after us; taking that away would break them.
      if (stdout.write !== redirect) return;
      if (before === undefined) Reflect.deleteProperty(stdout, 'write');
      else Object.defineProperty(stdout, 'write', before);
    },
  };
}

/** The same stream with its own `write`; listeners, back-pressure and errors stay those of the real one. */
function unguarded(stdout: NodeJS.WriteStream, write: NodeJS.WriteStream['write']): Writable {
  return new Proxy(stdout, {
    get(target, key) {
      if (key === 'write') return write;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
