import { stdio } from '@reprise/transport-stdio';
import { PotionShop } from './potion-shop.js';

await new PotionShop().start(stdio());
