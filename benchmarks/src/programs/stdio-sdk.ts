import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createDesk } from './desk-sdk.js';

serveStdio(createDesk);
