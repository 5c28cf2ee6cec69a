import { type AnyClass, ownRecords } from '../../metadata/index.js';

/**
 * Lets properties through that a DTO does not declare, unchecked; by default they are refused. Stands on the class, is
 * inherited, and holds for that class alone, not for the DTOs it nests; `@AllowUnknown(false)` closes a subclass again.
 * Names that the class uses itself (its methods, the inner name of an `@Expose({ name })`) stay refused.
 */
export function AllowUnknown(allow = true): (cls: AnyClass) => void {
  return (cls) => {
    ownRecords(cls).allowsUnknown = allow;
  };
}
