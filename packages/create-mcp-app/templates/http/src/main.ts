import { streamableHttp } from '@reprise/transport-streamable-http';
import { PotionShop } from './potion-shop.js';

const { HOST, PORT = '3000', ALLOWED_HOSTS } = process.env;
const transport = streamableHttp({
  host: HOST,
  port: Number(PORT),
  allowedHosts: ALLOWED_HOSTS?.split(','),
});

await new PotionShop().start(transport);
console.error(`Serving MCP at ${transport.address}`);
