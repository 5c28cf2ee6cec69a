import { Prompt, Tool } from '@reprise/core';

export default class Forecast {
  @Tool() today(): string {
    return 'sun';
  }
  @Prompt() week(): string {
    return 'rain';
  }
}

/** The same class under a second name. */
export { Forecast as Again };
