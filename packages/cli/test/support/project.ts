import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));

const compilerOptions = {
  target: 'ES2022',
  module: 'nodenext',
  rootDir: 'src',
  outDir: 'dist',
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
};

/** A small project in a folder of its own, below the repository so that its packages are found. */
export class Project {
  readonly folder = mkdtempSync(join(here, '.tmp-'));

  constructor(files: Record<string, string> = {}) {
    this.write('package.json', JSON.stringify({ private: true, type: 'module' }));
    this.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['src'] }));
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A server with one tool that says `word`. */
export function greeter(word: string, start: string): string {
  const transport = start.startsWith('stdio') ? 'stdio' : 'streamable-http';
  return `
import { Ctx, Context, McpServer, Server, Tool } from '@reprise/core';
import { ${transport === 'stdio' ? 'stdio' : 'streamableHttp'} } from '@reprise/transport-${transport}';

@Server({ name: 'greeter', version: '1.0.0' })
class Greeter extends McpServer {
  @Tool({ description: 'Says a word' })
  async greet(@Ctx() ctx: Context): Promise<string> {
    return \`${word} \${process.pid}\`;
  }
}
await new Greeter().start(${start});
`;
}
