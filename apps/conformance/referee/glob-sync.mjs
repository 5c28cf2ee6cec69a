/**
 * `node --import` of this file lets the referee run on Node 20: it imports `globSync` of `fs`, which came with Node 22,
 * and which runs against a server never call. Its `fs` gets one name more; all other modules get the real one.
 */
import { register } from 'node:module';
import * as fs from 'node:fs';

const moduleOf = (source) => `data:text/javascript,${encodeURIComponent(source)}`;

const withGlobSync = moduleOf(`
  export * from 'node:fs';
  export const globSync = () => { throw new Error('There is no fs.globSync before Node 22.'); };
`);
const hooks = moduleOf(`
  export const resolve = (specifier, context, next) =>
    specifier === 'fs' ? { url: ${JSON.stringify(withGlobSync)}, shortCircuit: true } : next(specifier, context);
`);

if (!('globSync' in fs)) register(hooks);
