import { RepriseError } from '../errors/index.js';
import type {
  Declaration,
  MemberKey,
  MemberRecord,
  MiddlewareRecord,
  PropertyRecord,
  ServerOptions,
} from './records.js';
import { classNameOf } from './where.js';

export type AnyClass = abstract new (...args: never[]) => object;

/** All that the decorators wrote on one class, without what it inherits. */
export interface ClassRecords {
  server?: ServerOptions;
  /** Written on the class itself: its `execute` is the handler. */
  readonly declarations: Declaration[];
  /** Written on the class itself: stands around everything it declares. Outermost first. */
  readonly middleware: MiddlewareRecord[];
  /** What a caller of anything on this class needs beside what its method needs. */
  readonly scopes: string[];
  /** In declaration order. */
  readonly members: Map<MemberKey, MemberRecord>;
  readonly properties: Map<string, PropertyRecord>;
  /** Whether a DTO lets properties through that it does not declare. */
  allowsUnknown?: boolean;
  /** A decorator does not throw: what it finds wrong is reported at start-up with everything else. */
  readonly mistakes: RepriseError[];
}

interface Stored {
  readonly copy: symbol;
  readonly records: ClassRecords;
}

/** Known to every copy of this package, so that one sees what another wrote. */
const key = Symbol.for('@reprise/core records');
/** Known to this copy alone. */
const thisCopy = Symbol('@reprise/core');

/** The records of exactly this class, created when missing. Throws SECOND_COPY. */
export function ownRecords(cls: AnyClass): ClassRecords {
  const existing = storedOn(cls);
  if (existing !== undefined) return existing;
  const records: ClassRecords = {
    declarations: [],
    middleware: [],
    scopes: [],
    members: new Map(),
    properties: new Map(),
    mistakes: [],
  };
  const stored: Stored = { copy: thisCopy, records };
  Object.defineProperty(cls, key, { value: stored });
  return records;
}

/** The records of exactly this class, if it has any. Throws SECOND_COPY. */
export function storedOn(cls: AnyClass): ClassRecords | undefined {
  // Only this file writes under the key, and the copy is compared before the rest is used.
  const stored = Object.getOwnPropertyDescriptor(cls, key)?.value as Stored | undefined;
  if (stored === undefined) return undefined;
  if (stored.copy === thisCopy) return stored.records;
  throw new RepriseError('SECOND_COPY', 'it was decorated by another copy of @reprise/core.', {
    where: classNameOf(cls),
    fix: 'Install one version for all packages (see `npm ls @reprise/core`) and load it either as ESM or as CommonJS.',
  });
}
