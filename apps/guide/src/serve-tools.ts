import { stdio } from '@reprise/transport-stdio';
import { Tools } from './tools.js';

await new Tools().start(stdio());
