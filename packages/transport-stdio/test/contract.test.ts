import { fileURLToPath } from 'node:url';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { clientKinds, describeTransportContract, type Endpoint } from '@reprise/transport-contract';

const server = fileURLToPath(new URL('./fixtures/contract-server.mjs', import.meta.url));

describeTransportContract('stdio', {
  clients: clientKinds,
  start: async (journalFile) => new Children(journalFile),
});

/** Each dial starts a process, which serves that one client. */
class Children implements Endpoint {
  readonly manyClients = false;
  #latest: StdioV1 | StdioV2 | undefined;

  constructor(readonly journalFile: string) {}

  dialV1(): StdioV1 {
    const transport = new StdioV1(this.#command());
    this.#latest = transport;
    return transport;
  }

  dialV2(): StdioV2 {
    const transport = new StdioV2(this.#command());
    this.#latest = transport;
    return transport;
  }

  async stop(): Promise<void> {
    const pid = this.#latest?.pid;
    if (pid == null) return;
    process.kill(pid, 'SIGTERM');
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async gone(): Promise<boolean> {
    const pid = this.#latest?.pid;
    return pid == null || !isAlive(pid);
  }

  #command(): { command: string; args: string[]; stderr: 'inherit' } {
    return { command: process.execPath, args: [server, this.journalFile], stderr: 'inherit' };
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
