export { buildCatalog } from './build-catalog.js';
export type * from './catalog.js';
export { type ChangedList, LiveCatalog } from './live-catalog.js';
export { entryName } from './visible.js';
