import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { cityOf } from './cities.js';
import type { Traveller, TripRequest } from './trip.js';

export interface Hold {
  readonly id: string;
  /** In euros. */
  readonly price: number;
}

const pricePerNight = 49;

/**
 * The world outside: what is done here cannot be taken back by asking again. Prices and references follow from the
 * trip alone. A request that comes twice under one key is answered as at first.
 */
export class Airline {
  private readonly answers = new Map<string, unknown>();

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

  private once<T>(request: 'hold' | 'book' | 'release', key: string, act: () => T): T {
    const id = `${request} ${key}`;
    const isRepeated = this.answers.has(id);
    if (this.ledger !== undefined) appendFileSync(this.ledger, `${id}${isRepeated ? ' again' : ''}\n`);
    if (!isRepeated) this.answers.set(id, act());
    return this.answers.get(id) as T; // stored above or by the same request before
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
