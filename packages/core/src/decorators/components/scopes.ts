import { RepriseError } from '../../errors/index.js';
import { type AnyClass, type MemberKey, ownRecords, whereOf } from '../../metadata/index.js';
import { recordAt } from './declare.js';
import type { UseDecorator } from './use.js';

/** For instance methods, component classes and server classes. */
export type ScopesDecorator = UseDecorator;

/** A scope-token of RFC 6749. */
const scopeToken = /^[!#-[\]-~]+$/;

/**
 * Says which OAuth scopes a caller needs for a handler, for all handlers of a component class, or for everything that a
 * server offers. All of them are needed, those of the server, the class and the method together; subclasses inherit them
 * and can only add. Who lacks one neither finds the component in a list nor can call it: over HTTP the answer is 403 with
 * the scopes, elsewhere INSUFFICIENT_SCOPE. Where nobody is authenticated and the process is the user's own, as on stdio,
 * nothing is refused. On a @Complete they add to those of its prompt or template.
 * A scope is one or more printable ASCII characters without space, `"` and `\`; any other ends `start()` with
 * INVALID_SCOPE.
 */
export function Scopes(...scopes: readonly [string, ...string[]]): ScopesDecorator {
  return (target: object, key?: MemberKey) => {
    const record = key === undefined ? ownRecords(target as AnyClass) : recordAt(target, key, '@Scopes');
    if (record === undefined) return;
    const mistake = mistakeIn(scopes);
    if (mistake === undefined) record.scopes.unshift(...scopes);
    else note(mistake, target, key);
  };
}

interface Mistake {
  readonly what: string;
  readonly fix: string;
}

/** Plain JavaScript and values of modules that are not there yet pass by the type. */
function mistakeIn(scopes: readonly unknown[]): Mistake | undefined {
  if (scopes.length === 0)
    return { what: '@Scopes names no scope.', fix: "Name one: @Scopes('trips:write')." };
  const wrong = scopes.filter((scope) => typeof scope !== 'string' || !scopeToken.test(scope));
  if (wrong.length === 0) return undefined;
  const [first] = wrong;
  return {
    what: `@Scopes got ${typeof first === 'string' ? JSON.stringify(first) : typeof first}, which is no scope.`,
    fix: 'Give each scope as a text of its own, of printable ASCII characters without space, " and \\.',
  };
}

function note({ what, fix }: Mistake, target: object, key: MemberKey | undefined): void {
  const cls = (key === undefined ? target : target.constructor) as AnyClass;
  ownRecords(cls).mistakes.push(new RepriseError('INVALID_SCOPE', what, { where: whereOf(cls, key), fix }));
}
