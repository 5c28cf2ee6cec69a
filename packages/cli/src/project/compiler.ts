import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CommandError } from '../command-error.js';

/** How the compiler of a project is started. */
export interface Compiler {
  readonly command: string;
  readonly args: readonly string[];
  /** As in package.json: `7.0.2`. */
  readonly version: string;
}

/**
 * Finds the project's own TypeScript. That of version 7 is a native program behind a wrapper, and before Node 22.15 a
 * signal to the wrapper leaves the program running; so the program itself is started.
 */
export function findCompiler(folder: string): Compiler {
  const manifest = locate(folder);
  const require = createRequire(manifest);
  const { version } = require(manifest) as { version: string }; // every package has one
  try {
    const native = require.resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`);
    const program = process.platform === 'win32' ? 'tsc.exe' : 'tsc';
    return { command: join(dirname(native), 'lib', program), args: [], version };
  } catch {
    return { command: process.execPath, args: [join(dirname(manifest), 'bin', 'tsc')], version };
  }
}

function locate(folder: string): string {
  try {
    return createRequire(join(folder, 'package.json')).resolve('typescript/package.json');
  } catch (cause) {
    throw new CommandError(
      `TypeScript is not installed for ${folder}.`,
      'Run: npm install --save-dev typescript',
      {
        cause,
      },
    );
  }
}
