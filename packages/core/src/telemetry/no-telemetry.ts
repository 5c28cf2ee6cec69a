import { Telemetry } from './telemetry.js';
import { Unwatched } from './unwatched.js';
import type { RequestTraits, Watch } from './watch.js';

/** For what must not show: a request that is played once more for a check. */
export class NoTelemetry extends Telemetry {
  override get isOn(): boolean {
    return false;
  }

  override begin(meta: RequestTraits['meta']): Watch {
    return new Unwatched(meta);
  }
}
