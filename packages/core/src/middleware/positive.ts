import { RepriseError } from '../errors/index.js';

/** Throws INVALID_OPTION for what is no number above zero. */
export function positive(where: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new RepriseError('INVALID_OPTION', `${value} cannot work.`, {
    where,
    fix: 'Give a positive number.',
  });
}
