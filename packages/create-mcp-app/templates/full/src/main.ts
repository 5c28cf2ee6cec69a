import { parseArgs } from 'node:util';
import { PotionShop } from './potion-shop.js';
import { serveHttp } from './serve-http.js';
import { serveStdio } from './serve-stdio.js';

const { values } = parseArgs({ options: { stdio: { type: 'boolean', default: false } } });

await (values.stdio ? serveStdio : serveHttp)(new PotionShop());
