import type { Watch } from '../telemetry/index.js';
import type { Exchange } from './exchange.js';
import { Notices } from './notices.js';
import { Progress } from './progress.js';
import { StateLayer } from './state/request-state.js';
import type { Surroundings } from './surroundings.js';

/** What all Contexts of one arriving request share: that of its handler, of its middleware, and of its nested calls. */
export class RequestScope {
  /** Of the handler and its middleware; each nested call has a layer of its own above that of its caller. */
  readonly state = new StateLayer();
  readonly notices: Notices;
  readonly progress: Progress;

  constructor(
    readonly exchange: Exchange,
    surroundings: Surroundings,
    /** 1 for a new call; grows with each round of a modern one. A state that does not open makes no later round. */
    readonly round: () => number,
    readonly watch: Watch,
  ) {
    this.notices = new Notices(surroundings, exchange, watch);
    this.progress = new Progress(exchange, surroundings.progressInterval);
  }

  /**
   * Called when the outcome is known, before the answer. What a suspended round wants told is dropped: its replay comes
   * by the same place again.
   */
  async end(outcome: 'answered' | 'suspended'): Promise<void> {
    if (outcome === 'suspended') return this.progress.stop();
    void this.notices.flush();
    await this.progress.flush();
  }
}
