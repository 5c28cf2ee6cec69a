import type { JsonSchema } from '../compiled-schema.js';
import { type RuleTable, typeOnly } from './rule.js';

/** Rules about text that are not a format of their own. */
export const stringRules: RuleTable = {
  isString: typeOnly('string'),
  minLength: { type: 'string', keywords: ({ args }) => lengths(args[0], undefined) },
  maxLength: { type: 'string', keywords: ({ args }) => lengths(undefined, args[0]) },
  isLength: { type: 'string', keywords: ({ args }) => lengths(args[0], args[1]) },
  isByteLength: { type: 'string', note: 'Limited in bytes.' },
  matches: { type: 'string', keywords: ({ args }) => regularExpression(args[0], args[1]) },
  contains: { type: 'string', keywords: ({ args }) => containing(args[0], (text) => text) },
  notContains: {
    type: 'string',
    keywords: ({ args }) => containing(args[0], (text) => `^(?![\\s\\S]*${text})`),
  },
  isAlpha: { type: 'string', keywords: ({ args }) => english(args[0], '^[a-zA-Z]+$') },
  isAlphanumeric: { type: 'string', keywords: ({ args }) => english(args[0], '^[0-9a-zA-Z]+$') },
  isAscii: { type: 'string', keywords: { pattern: '^[\\x00-\\x7F]+$' } },
  isMultibyte: { type: 'string', keywords: { pattern: '[^\\x00-\\x7F]' } },
  // Letters beyond A-Z have case too, which patterns cannot ask for portably.
  isLowercase: { type: 'string', keywords: { pattern: '^[^A-Z]*$' }, partly: true, note: 'Lower case.' },
  isUppercase: { type: 'string', keywords: { pattern: '^[^a-z]*$' }, partly: true, note: 'Upper case.' },
  isFullWidth: { type: 'string', keywords: { pattern: `[^${halfWidth()}]` } },
  isHalfWidth: { type: 'string', keywords: { pattern: `[${halfWidth()}]` } },
  isVariableWidth: {
    type: 'string',
    keywords: { pattern: `^(?=[\\s\\S]*[^${halfWidth()}])(?=[\\s\\S]*[${halfWidth()}])` },
  },
  isSurrogatePair: { type: 'string', note: 'Contains a character beyond the basic plane.' },
  isStrongPassword: { type: 'string', note: 'A strong password.' },
};

function halfWidth(): string {
  return '\\u0020-\\u007E\\uFF61-\\uFF9F\\uFFA0-\\uFFDC\\uFFE8-\\uFFEE0-9a-zA-Z';
}

function lengths(min: unknown, max: unknown): JsonSchema {
  return {
    ...(typeof min === 'number' && min > 0 && { minLength: min }),
    ...(typeof max === 'number' && { maxLength: max }),
  };
}

/** The validators know the alphabets of many locales; English is the default. */
function english(locale: unknown, source: string): JsonSchema | undefined {
  return locale === undefined || locale === 'en-US' ? { pattern: source } : undefined;
}

/** Flags that change the meaning cannot be written in JSON Schema; `g`, `u` and `d` do not change what matches. */
function regularExpression(given: unknown, flags: unknown): JsonSchema | undefined {
  const expression =
    typeof given === 'string' ? new RegExp(given, typeof flags === 'string' ? flags : undefined) : given;
  if (!isRegExp(expression) || /[^gud]/.test(expression.flags)) return undefined;
  try {
    // JSON Schema reads patterns in unicode mode, which refuses some escapes that the plain mode lets pass.
    return { pattern: new RegExp(expression.source, 'u').source };
  } catch {
    return undefined;
  }
}

function isRegExp(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === '[object RegExp]';
}

function containing(seed: unknown, wrap: (escaped: string) => string): JsonSchema | undefined {
  if (typeof seed !== 'string' || seed === '') return undefined;
  return { pattern: wrap(seed.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')) };
}
