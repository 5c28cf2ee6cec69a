import { InMemoryTransport } from '@modelcontextprotocol/server';
import { Args, McpServer, Server, Tool } from '@reprise/core';
import type { Host, Transport } from '@reprise/core/transport';
import { IsBoolean, IsEmail, IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { listed } from './listed.js';

function bookingClass(): new () => object {
  class Booking {
    @IsString() @Length(1, 80) destination!: string;
    @IsInt() @Min(1) @Max(30) nights!: number;
    @IsIn(['economy', 'business']) cabin!: string;
    @IsEmail() email!: string;
    @IsBoolean() flexible!: boolean;
    @IsOptional() @IsString() @Length(0, 200) note?: string;
  }
  return Booking;
}

/** The host is what a transport gets once the catalog stands. */
class Memory implements Transport {
  readonly name = 'memory';
  readonly address = 'memory';
  host: Host | undefined;

  async start(host: Host): Promise<void> {
    this.host = host;
  }

  async drain(): Promise<void> {}

  async close(): Promise<void> {}
}

const from = performance.now();
class Hundred extends McpServer {}
Server({ name: 'hundred', version: '1.0.0' })(Hundred);
for (let n = 0; n < 100; n += 1) {
  const name = `book${n}`;
  const method = { value: () => 'booked', configurable: true, writable: true };
  Object.defineProperty(Hundred.prototype, name, method);
  Args(bookingClass())(Hundred.prototype, name as never, 0 as never);
  Tool({ description: 'Book a trip' })(Hundred.prototype, name as never, method as never);
}
const transport = new Memory();
await new Hundred({ logLevel: 'error' }).start(transport);
const [near, far] = InMemoryTransport.createLinkedPair();
await transport.host
  ?.createServer({ era: 'legacy', transport: 'memory', lifetime: 'connection' })
  .connect(far);
if ((await listed(near)) !== 100) throw new Error('not all tools are listed');
process.send?.(performance.now() - from);
