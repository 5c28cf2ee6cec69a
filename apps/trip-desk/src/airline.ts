import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { cityOf } from './cities.js';
import type { Traveller, TripRequest } from './trip.js';

export interface Hold {
  readonly id: string;
  /** In euros. */
  readonly price: number;
}

const pricePerNight = 49;
/** How long a request takes, in milliseconds: long enough for a second one to arrive meanwhile. */
const duration = 20;

/**
 * The world outside: what is done here cannot be taken back by asking again. Prices and references follow from the
 * trip alone. A request that comes twice under one key is answered as at first.
 */
export class Airline {
  private readonly answers = new Map<string, Promise<unknown>>();

  /** Every request that arrives becomes one line of the ledger, a file that outlives the process. */
  constructor(private readonly ledger: string | undefined) {}

  /** Keeps seats for a traveller. */
  async hold(trip: TripRequest, traveller: Traveller, idempotencyKey: string): Promise<Hold> {
    return this.once('hold', idempotencyKey, () => ({
      id: `H-${referenceOf(trip, traveller)}`,
      price: priceOf(trip, traveller),
    }));
  }

  /** Turns a hold into a ticket, whose number is the answer. */
  async book(holdId: string, idempotencyKey: string): Promise<string> {
    return this.once('book', idempotencyKey, () => holdId.replace('H-', 'T-'));
  }

  /** Gives the seats of a hold back. */
  async release(holdId: string, idempotencyKey: string): Promise<string> {
    return this.once('release', idempotencyKey, () => holdId);
  }

  private once<T>(request: 'hold' | 'book' | 'release', key: string, act: () => T): Promise<T> {
    const id = `${request} ${key}`;
    const known = this.answers.get(id) as Promise<T> | undefined; // set below by the same request
    if (this.ledger !== undefined) appendFileSync(this.ledger, `${id}${known ? ' again' : ''}\n`);
    if (known) return known;
    const answer = delay(duration).then(act);
    this.answers.set(id, answer);
    return answer;
  }
}

function priceOf({ destination, nights }: TripRequest, { cabin }: Traveller): number {
  const flights = 2 * (cityOf(destination)?.fare ?? 0);
  return flights * (cabin === 'business' ? 2 : 1) + nights * pricePerNight;
}

function referenceOf({ destination, nights }: TripRequest, { name, email, cabin }: Traveller): string {
  const facts = JSON.stringify([destination, nights, name, email, cabin]);
  return createHash('sha256').update(facts).digest('hex').slice(0, 6).toUpperCase();
}
