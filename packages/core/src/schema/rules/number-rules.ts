import type { JsonSchema } from '../compiled-schema.js';
import { type Rule, type RuleTable, typeOnly } from './rule.js';

/** Rules about numbers, booleans, dates and places. */
export const numberRules: RuleTable = {
  isInt: typeOnly('integer'),
  isNumber: {
    type: 'number',
    // 0.1 is no multiple of 0.01 in binary arithmetic, so `multipleOf` would refuse good values.
    keywords: ({ args }) => (limitsDecimals(args[0]) ? undefined : {}),
    note: 'Limited in decimal places.',
  },
  min: { type: 'number', keywords: ({ args }) => bound('minimum', args[0]) },
  max: { type: 'number', keywords: ({ args }) => bound('maximum', args[0]) },
  isPositive: { type: 'number', keywords: { exclusiveMinimum: 0 } },
  isNegative: { type: 'number', keywords: { exclusiveMaximum: 0 } },
  isDivisibleBy: { type: 'number', keywords: ({ args }) => divisor(args[0]) },
  isBoolean: typeOnly('boolean'),
  isDate: typeOnly('date'),
  minDate: { type: 'date', note: 'Not before a certain date.' },
  maxDate: { type: 'date', note: 'Not after a certain date.' },
  isLatitude: degrees(90, 'A latitude in degrees.'),
  isLongitude: degrees(180, 'A longitude in degrees.'),
  isLatLong: { type: 'string', note: 'Latitude and longitude, joined by a comma.' },
};

function limitsDecimals(options: unknown): boolean {
  return (
    typeof options === 'object' &&
    options !== null &&
    'maxDecimalPlaces' in options &&
    options.maxDecimalPlaces !== undefined
  );
}

function bound(keyword: string, limit: unknown): JsonSchema | undefined {
  return typeof limit === 'number' && Number.isFinite(limit) ? { [keyword]: limit } : undefined;
}

/** The validator cuts the divisor to a whole number. */
function divisor(given: unknown): JsonSchema | undefined {
  const whole = Math.abs(Number.parseInt(String(given), 10));
  return whole > 0 ? { multipleOf: whole } : undefined;
}

function degrees(limit: number, note: string): Rule {
  return {
    type: () => ['number', 'string'],
    keywords: { minimum: -limit, maximum: limit },
    partly: true,
    note,
  };
}
