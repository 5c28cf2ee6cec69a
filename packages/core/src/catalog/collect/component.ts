import type { AnyClass, MergedRecords } from '../../metadata/index.js';

/** A decorated class with the one instance that serves it. */
export interface Component {
  readonly cls: AnyClass;
  readonly instance: object;
  readonly records: MergedRecords;
}

/** Whether a class declares anything a client can use. */
export function declaresSomething({ declarations, members }: MergedRecords): boolean {
  return declarations.length > 0 || [...members.values()].some((member) => member.declarations.length > 0);
}
