export { buildCatalog } from './build-catalog.js';
export type * from './catalog.js';
