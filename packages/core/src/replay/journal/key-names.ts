import { RepriseError } from '../../errors/index.js';

const explicitKey = /^[A-Za-z0-9_.-]{1,64}$/;

/**
 * Gives each ask and step of an attempt its name in the journal. Names follow content, not position: parallel lanes
 * finish in another order on replay. A question's name holds the fingerprint of what is asked, so an answer can never
 * count for another question. Repetitions of one name are counted: `name`, `name~1`, `name~2`.
 */
export class KeyNames {
  private readonly used = new Map<string, number>();

  constructor(private readonly prefix = '') {}

  forAsk(kind: string, fingerprint: string, explicit: string | undefined): string {
    if (explicit === undefined) return this.count(`${kind}:${fingerprint}`);
    if (explicitKey.test(explicit)) return this.count(`key:${explicit}:${fingerprint}`);
    throw new RepriseError('ASK_KEY', `"${explicit}" cannot be the key of a question.`, {
      fix: 'Use 1 to 64 letters, digits, "_", "-" or ".".',
    });
  }

  /**
   * Steps of one name are told apart by their order, which is only sure while they come one after the other.
   * Throws STEP_NAME for a repetition while something else is under way: a replay could give it another step's value.
   */
  forStep(name: string, somethingIsUnderWay: boolean): string {
    const base = `step:${name.replaceAll('~', '~~')}`;
    const isRepeated = this.used.has(base);
    if (!isRepeated || !somethingIsUnderWay) return this.count(base);
    throw new RepriseError(
      'STEP_NAME',
      `A second ctx.step("${name}") began while something else was under way.`,
      {
        fix: `Give each a name of its own, such as ctx.step(\`${name} \${id}\`, …).`,
      },
    );
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
