export { buildCatalog } from './build-catalog.js';
export type * from './catalog.js';
export { completionScopes } from './completion-scopes.js';
export { findResource } from './find-resource.js';
export { type ChangedList, LiveCatalog } from './live-catalog.js';
export { entryName } from './visible.js';
