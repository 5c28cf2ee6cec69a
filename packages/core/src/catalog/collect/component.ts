import type { AnyClass, MergedRecords } from '../../metadata/index.js';

/** A decorated class with the one instance that serves it. */
export interface Component {
  readonly cls: AnyClass;
  readonly instance: object;
  readonly records: MergedRecords;
}

/** Whether decorators for handlers stand on a class or its members, rightly or wrongly. A DTO carries others. */
export function isDecorated({ declarations, members, mistakes }: MergedRecords): boolean {
  return declarations.length > 0 || members.size > 0 || mistakes.length > 0;
}
