import { RepriseError } from '../../errors/index.js';

/** The model gave no answer that can be used: not the result that was asked for, or tool use without an end. */
export class SamplingError extends RepriseError {
  constructor(message: string) {
    super('SAMPLING', message);
  }
}
