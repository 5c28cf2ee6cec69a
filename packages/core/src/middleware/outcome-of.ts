import { RepriseError } from '../errors/index.js';
import type { Method, Outcome, Result } from './outcome.js';

/** What every result of a method has; the little that tells a bare result from a slip. */
const memberOf: Readonly<Record<Method, string>> = {
  'tools/call': 'content',
  'prompts/get': 'messages',
  'resources/read': 'contents',
  'completion/complete': 'completion',
  'tools/list': 'tools',
  'prompts/list': 'prompts',
  'resources/list': 'resources',
  'resources/templates/list': 'resourceTemplates',
};

/** A middleware's answer as an outcome. Throws MIDDLEWARE for what is none. */
export function outcomeOf<R extends Result>(answer: unknown, method: Method, where: string): Outcome<R> {
  if (typeof answer === 'object' && answer !== null) {
    const { kind, result, failure } = answer as { kind?: unknown; result?: unknown; failure?: unknown };
    // the type of Middleware demanded it
    if (kind === 'result' && isResult(result, method)) return answer as Outcome<R>;
    if (kind === 'failure' && typeof failure === 'object') return answer as Outcome<R>;
    if (isResult(answer, method)) return { kind: 'result', result: answer as unknown as R };
  }
  throw new RepriseError('MIDDLEWARE', `It answered ${method} with ${describe(answer)}.`, {
    where,
    fix: `Return what next() resolves to, or a result of ${method}.`,
  });
}

function isResult(value: unknown, method: Method): boolean {
  return typeof value === 'object' && value !== null && memberOf[method] in value;
}

function describe(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null) return String(answer);
  if ('kind' in answer && answer.kind === 'suspended') return 'a suspension that next() did not show';
  return 'an object that is no result of it';
}
