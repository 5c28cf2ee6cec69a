import { RepriseError } from '../../errors/index.js';
import type { Step } from './match-steps.js';

/** A URI template taken apart: a path, then query variables, then a fragment. */
export interface ParsedTemplate {
  readonly path: readonly Step[];
  readonly query: QueryPart | undefined;
  readonly fragment: string | undefined;
}

/** `{?a,b}` or `{&c}` at the end of a template. */
export interface QueryPart {
  readonly operator: '?' | '&';
  readonly names: readonly string[];
  /** How many `&` the template has before it. */
  readonly ampersandsBefore: number;
}

interface Expression {
  readonly operator: string;
  readonly names: readonly string[];
}

type Refuse = (what: string, fix: string) => never;

const expressionSyntax = /^\{([+#./?&]?)(\w[\w.]*(?:,\w[\w.]*)*)\}$/;
const schemeSyntax = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/** Levels 1 to 3 of RFC 6570, without `;`. Throws INVALID_NAME. */
export function parseTemplate(template: string, where: string): ParsedTemplate {
  const refuse: Refuse = (what, fix) => {
    throw new RepriseError('INVALID_NAME', `the URI template "${template}" ${what}.`, { where, fix });
  };
  if (!schemeSyntax.test(template)) refuse('has no scheme', 'Begin it with one, as in "city://{name}".');
  const pieces = split(template, refuse);
  const names = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : piece.names));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refuse(`names the variable "${twice}" twice`, 'Give each variable its own name.');
  return assemble(pieces, refuse);
}

/** `a{b}c` becomes `a`, the expression b, `c`. */
function split(template: string, refuse: Refuse): (string | Expression)[] {
  const pieces = template.split(/(\{[^{}]*\}|[{}])/).filter((piece) => piece !== '');
  return pieces.map((piece) => {
    if (!/[{}]/.test(piece)) return piece;
    const [, operator, names] = expressionSyntax.exec(piece) ?? [];
    if (operator !== undefined && names !== undefined) return { operator, names: names.split(',') };
    return refuse(
      `contains "${piece}", which is not supported`,
      'Use {x}, {+x}, {#x}, {.x}, {/x}, {?x,y} or {&x}, without modifiers; letters, digits, "_" and "." make a name.',
    );
  });
}

function assemble(pieces: readonly (string | Expression)[], refuse: Refuse): ParsedTemplate {
  const path: Step[] = [];
  let query: QueryPart | undefined;
  let fragment: string | undefined;
  let text = '';
  for (const piece of pieces) {
    const operator = typeof piece === 'string' ? '' : piece.operator;
    const rank = operator === '#' ? 2 : operator === '?' || operator === '&' ? 1 : 0;
    const reached = fragment !== undefined ? 3 : query !== undefined ? 1 : 0;
    if (rank < reached || (operator === '?' && query !== undefined)) {
      refuse('goes on after its query or fragment', 'Put {?x,y} or {&x} behind the path, and {#x} last.');
    }
    if (typeof piece === 'string') {
      path.push({ kind: 'literal', text: piece });
      text += piece;
    } else if (operator === '#') {
      if (piece.names.length > 1) refuse('has more than one variable in its fragment', 'Use one: {#x}.');
      fragment = piece.names[0];
    } else if (operator === '?' || operator === '&') {
      const ampersandsBefore = query?.ampersandsBefore ?? text.split('&').length - 1;
      query = {
        operator: query?.operator ?? operator,
        names: [...(query?.names ?? []), ...piece.names],
        ampersandsBefore,
      };
    } else {
      path.push(...stepsOf(piece, text.includes('?')));
    }
  }
  return { path, query, fragment };
}

/** What stands before the first variable, between two of them, and what a variable cannot contain. */
const operators: Readonly<Record<string, { first: string; between: string; stops: string }>> = {
  '': { first: '', between: ',', stops: '/?#' },
  '+': { first: '', between: ',', stops: '' },
  '.': { first: '.', between: '.', stops: './?#' },
  '/': { first: '/', between: '/', stops: '/?#' },
};

function stepsOf({ operator, names }: Expression, inQuery: boolean): Step[] {
  // The syntax admits no operator that is neither here nor handled before.
  const { first, between, stops } = operators[operator] as (typeof operators)[string];
  const stopsHere = stops + (names.length > 1 ? between : '') + (inQuery && operator === '' ? '&' : '');
  return names.flatMap((name, index): Step[] => {
    const text = index === 0 ? first : between;
    const variable: Step = { kind: 'variable', name, stops: stopsHere };
    return text === '' ? [variable] : [{ kind: 'literal', text }, variable];
  });
}
