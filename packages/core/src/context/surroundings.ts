import type { Logger } from '../logging/index.js';
import type { RunningServer } from './running-server.js';

/** What all requests of one server share. */
export interface Surroundings {
  readonly server: RunningServer;
  readonly log: Logger;
}
