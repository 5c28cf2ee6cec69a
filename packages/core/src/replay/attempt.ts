// not the globals: a test's fake clock must not stop a round from ending
import { setImmediate, setTimeout } from 'node:timers';
import type { WireRequest } from './conversations/conversation.js';
import { DivergenceError, SuspendedError } from './errors.js';
import type { IssuedAsk, JournalEntry } from './journal/journal.js';

export interface ParkedAsk extends IssuedAsk {
  /** For messages: what is asked, in a few words. */
  describe: string;
  request: WireRequest;
  reject: (reason: Error) => void;
}

/** How an attempt ended: still `open`, `suspended` on questions, `diverged` from its journal, or `over`: the handler returned. */
type Phase =
  { name: 'open' } | { name: 'suspended' } | { name: 'diverged'; error: DivergenceError } | { name: 'over' };

/**
 * One playing of a handler against its journal. Decides when the round is complete: an unanswered ask parks; when
 * nothing else moves (checked on `setImmediate`, while no step or check runs), the round is committed. So all questions
 * a handler can ask in parallel go out together. The commit comes first, the rejection of the parked asks second:
 * a handler's `catch` cannot change what the client is told.
 */
export class Attempt {
  /** Settles when the handler is waiting for the client, or has left its journal. Never rejects. */
  readonly settled: Promise<void>;
  private phase: Phase = { name: 'open' };
  private readonly known: Map<string, JournalEntry>;
  private readonly walked = new Set<string>();
  private readonly parked = new Map<string, ParkedAsk>();
  private busy = 0;
  private heldOpen = 0;
  private checkScheduled = false;
  private settle!: () => void;

  constructor(
    private readonly where: string,
    entries: readonly JournalEntry[],
    /** How long untracked I/O may take to reach a question that the journal knows, in milliseconds. */
    private readonly graceMs: number,
  ) {
    this.known = new Map(entries.map((entry) => [entry.key, entry]));
    this.settled = new Promise((resolve) => (this.settle = resolve));
  }

  get isOpen(): boolean {
    return this.phase.name === 'open';
  }

  get isSuspended(): boolean {
    return this.phase.name === 'suspended';
  }

  /** True while the handler re-walks known ground, and once it is cut off. */
  get muted(): boolean {
    return (
      this.walked.size < this.known.size || this.phase.name === 'suspended' || this.phase.name === 'diverged'
    );
  }

  get entries(): JournalEntry[] {
    return [...this.known.values()];
  }

  get questions(): ParkedAsk[] {
    return [...this.parked.values()];
  }

  /** The journal's entry under a key; the handler has now walked there. */
  take(key: string): JournalEntry | undefined {
    const entry = this.known.get(key);
    if (entry) this.walked.add(key);
    return entry;
  }

  record(entry: JournalEntry): void {
    this.known.set(entry.key, entry);
    this.walked.add(entry.key);
  }

  /** Parks a question until the client answers it in a later attempt. The promise is only ever rejected. */
  park(ask: Omit<ParkedAsk, 'reject'>): Promise<never> {
    const wire = this.freeWireName(ask.wire);
    const waiting = new Promise<never>((_resolve, reject) => this.parked.set(wire, { ...ask, wire, reject }));
    this.checkSoon();
    return waiting;
  }

  /** Drops the entries under a prefix but one: that one holds all that came of them. */
  forgetParts(prefix: string, except: string): void {
    for (const key of this.known.keys())
      if (key !== except && key.startsWith(prefix)) {
        this.known.delete(key);
        this.walked.delete(key);
      }
  }

  /** The round is not committed before the returned function was called; more calls of it do nothing. */
  stayOpen(): () => void {
    let isHeld = true;
    this.heldOpen++;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.heldOpen--;
      this.checkSoon();
    };
  }

  /** Runs work that must end before the round can be committed. */
  async whileBusy<T>(work: () => Promise<T>): Promise<T> {
    this.busy++;
    try {
      return await work();
    } finally {
      this.busy--;
      this.checkSoon();
    }
  }

  diverge(what: string): DivergenceError {
    const error = new DivergenceError(this.where, what);
    this.close({ name: 'diverged', error });
    return error;
  }

  /** Called when the handler has returned: an answer it never asked for means that it took another way. */
  returned(): void {
    if (this.phase.name !== 'open') return;
    const missed = this.missed.filter((entry) => entry.kind === 'answer' || entry.kind === 'refused');
    if (missed.length > 0) this.diverge(this.describeMissed(missed, 'the handler ended'));
    else this.close({ name: 'over' });
  }

  /** Called when the handler has thrown: its own error says more than what it left unasked. */
  threw(): void {
    if (this.phase.name === 'open') this.close({ name: 'over' });
  }

  throwIfDiverged(): void {
    if (this.phase.name === 'diverged') throw this.phase.error;
  }

  /** The same key may be given to several questions of one round; on the wire each needs its own. */
  private freeWireName(wanted: string): string {
    let name = wanted;
    for (let n = 1; this.parked.has(name); n++) name = `${wanted}~${n}`;
    return name;
  }

  private get missed(): JournalEntry[] {
    return this.entries.filter((entry) => !this.walked.has(entry.key));
  }

  private checkSoon(): void {
    if (this.checkScheduled || this.phase.name !== 'open') return;
    this.checkScheduled = true;
    setImmediate(() => {
      this.checkScheduled = false;
      this.commitIfQuiet(false);
    });
  }

  private commitIfQuiet(graceIsOver: boolean): void {
    if (this.phase.name !== 'open' || this.busy + this.heldOpen > 0 || this.parked.size === 0) return;
    const missed = this.missed;
    if (missed.length === 0) return this.close({ name: 'suspended' });
    // I/O outside of a step may still be on its way to a question that is answered already: one bounded wait.
    if (graceIsOver) this.diverge(this.describeMissed(missed, `the handler asked ${this.describeParked()}`));
    else setTimeout(() => this.commitIfQuiet(true), this.graceMs);
  }

  private close(phase: Phase): void {
    this.phase = phase;
    this.settle();
    const reason = phase.name === 'diverged' ? phase.error : new SuspendedError();
    for (const ask of this.parked.values()) ask.reject(reason);
  }

  private describeParked(): string {
    return this.questions.map((ask) => `"${ask.key}" (${ask.describe})`).join(', ');
  }

  private describeMissed(missed: readonly JournalEntry[], instead: string): string {
    const first = missed[0];
    const position = this.entries.findIndex((entry) => entry === first);
    return `Replay diverged at position ${position}: expected "${first?.key}", but ${instead}.`;
  }
}
