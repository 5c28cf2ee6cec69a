import { randomBytes } from 'node:crypto';
import { RepriseError } from '../errors/index.js';
import type { Logger } from '../logging/index.js';
import { Sealer } from '../replay/index.js';
import type { Environment } from './environment.js';
import { defaults, type StateOptions } from './options.js';

/**
 * The sealer, made when first needed: a server that never asks needs no key and gets no warning. Keys that are given
 * are checked at once. Throws INVALID_OPTION.
 */
export function lazySealer(state: StateOptions, environment: Environment, log: Logger): () => Sealer {
  const given = state.keys ?? environment.stateKeys;
  const make = (keys: readonly (string | Uint8Array)[]) =>
    new Sealer({
      keys,
      ttl: positive('state.ttl', state.ttl ?? defaults.stateTtl),
      maxBytes: positive('state.maxBytes', state.maxBytes ?? defaults.stateMaxBytes),
      compress: state.compress ?? false,
    });
  let sealer = given === undefined ? undefined : make(given);
  return () => (sealer ??= makeRandom(make, log));
}

function makeRandom(make: (keys: readonly Uint8Array[]) => Sealer, log: Logger): Sealer {
  log.log(
    'warning',
    'No REPRISE_STATE_KEY is set: a random key is used, so replicas and restarts will refuse the calls that wait for their clients. Make one with: openssl rand -base64 32',
  );
  return make([randomBytes(32)]);
}

function positive(option: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new RepriseError('INVALID_OPTION', `${option} is ${value}.`, { fix: 'Give a positive number.' });
}
