/** The answers that came with a new call, before anything was asked. Each counts once, and only where a handler lets it. */
export class EarlyAnswers {
  private used: Set<string> | undefined;

  constructor(private readonly answers: Readonly<Record<string, unknown>>) {}

  /** Undefined where none came under that name on the wire, or it was taken already. */
  take(wire: string): { value: unknown } | undefined {
    if (!Object.hasOwn(this.answers, wire) || this.used?.has(wire)) return undefined;
    (this.used ??= new Set()).add(wire);
    return { value: this.answers[wire] };
  }
}
