import { InMemoryTransport, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { listed } from './listed.js';

const from = performance.now();
const server = new McpServer({ name: 'hundred', version: '1.0.0' });
for (let n = 0; n < 100; n += 1) {
  const inputSchema = z.object({
    destination: z.string().min(1).max(80),
    nights: z.int().min(1).max(30),
    cabin: z.enum(['economy', 'business']),
    email: z.email(),
    flexible: z.boolean(),
    note: z.string().max(200).optional(),
  });
  server.registerTool(`book${n}`, { description: 'Book a trip', inputSchema }, () => ({
    content: [{ type: 'text', text: 'booked' }],
  }));
}
const [near, far] = InMemoryTransport.createLinkedPair();
await server.connect(far);
if ((await listed(near)) !== 100) throw new Error('not all tools are listed');
process.send?.(performance.now() - from);
