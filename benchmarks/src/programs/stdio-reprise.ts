import { stdio } from '@reprise/transport-stdio';
import { Desk } from './desk-reprise.js';

await new Desk({ logLevel: 'error' }).start(stdio());
