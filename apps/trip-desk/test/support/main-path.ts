import { fileURLToPath } from 'node:url';

/** The compiled program: what a user starts, and what the tests start. */
export const mainPath = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export const stateKey = 'only for tests: thirty-two bytes or more';
