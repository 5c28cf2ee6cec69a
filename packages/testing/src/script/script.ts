/** Answers in order; or a function that answers each question; or answers by what the question says, for as often as it comes. */
export type Script<Q, A> = readonly A[] | ((question: Q) => A | Promise<A>) | ReadonlyMap<string | RegExp, A>;

/** Hands out the answers of a script. */
export class Prompter<Q, A> {
  #script: Script<Q, A> = [];
  #given = 0;

  constructor(private readonly textOf: (question: Q) => string) {}

  follow(script: Script<Q, A>): void {
    this.#script = script;
    this.#given = 0;
  }

  /** The answers of a list that nobody asked for. */
  get unused(): readonly A[] {
    return isList(this.#script) ? this.#script.slice(this.#given) : [];
  }

  /** How many answers of a list were given. */
  get given(): number {
    return this.#given;
  }

  /** Undefined where the script has no answer. */
  answer(question: Q): A | Promise<A> | undefined {
    const script = this.#script;
    if (typeof script === 'function') return script(question);
    if (isList(script)) return script[this.#given++];
    const text = this.textOf(question);
    for (const [key, answer] of script)
      if (typeof key === 'string' ? text.startsWith(key) : key.test(text)) return answer;
    return undefined;
  }
}

// Array.isArray does not narrow a readonly array away
function isList<Q, A>(script: Script<Q, A>): script is readonly A[] {
  return Array.isArray(script);
}
