import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

const inputSchema = z.object({
  destination: z.string().min(1).max(80),
  nights: z.int().min(1).max(30),
  cabin: z.enum(['economy', 'business']),
  email: z.email(),
  flexible: z.boolean(),
  note: z.string().max(200).optional(),
});

/** The same tool on the SDK alone. */
export function createDesk(): McpServer {
  const server = new McpServer({ name: 'desk', version: '1.0.0' });
  server.registerTool('book', { description: 'Book a trip', inputSchema }, ({ destination, nights }) => ({
    content: [{ type: 'text', text: `${nights} nights in ${destination}` }],
  }));
  return server;
}
