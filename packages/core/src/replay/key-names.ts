import { RepriseError } from '../errors/index.js';

const explicitKey = /^[A-Za-z0-9_.-]{1,64}$/;

/**
 * Gives each ask and step of an attempt its name in the journal. Names follow content, not position: parallel lanes
 * finish in another order on replay. Repetitions of one name are counted: `name`, `name~1`, `name~2`.
 * Explicit keys cannot hold `:`, `~`, `!` or `/`, so no user's key can be mistaken for one of ours.
 */
export class KeyNames {
  private readonly used = new Map<string, number>();

  constructor(private readonly prefix = '') {}

  forAsk(kind: string, fingerprint: string, explicit: string | undefined): string {
    if (explicit === undefined) return this.count(`${kind}:${fingerprint}`);
    if (explicitKey.test(explicit)) return this.count(explicit);
    throw new RepriseError('ASK_KEY', `"${explicit}" cannot be the key of a question.`, {
      fix: 'Use 1 to 64 letters, digits, "_", "-" or ".".',
    });
  }

  forStep(name: string): string {
    return this.count(`step:${name.replaceAll('~', '~~')}`);
  }

  forNestedCall(fingerprint: string): string {
    return `${this.count(`call:${fingerprint}`)}/`;
  }

  private count(name: string): string {
    const times = this.used.get(name) ?? 0;
    this.used.set(name, times + 1);
    return `${this.prefix}${times === 0 ? name : `${name}~${times}`}`;
  }
}
