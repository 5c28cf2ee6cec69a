import type { JsonSchema } from '../compiled-schema.js';
import { checked, partly, pattern, type RuleTable } from './rule.js';

/**
 * Texts of a known form. `format` only annotates in JSON Schema 2020-12, so a rule said by a format is enforced at run
 * time as well; a pattern stands alone where it says all the validator says.
 */
export const formatRules: RuleTable = {
  isEmail: {
    type: 'string',
    keywords: ({ args }) => (option(args[0], 'allow_display_name') ? undefined : { format: 'email' }),
    partly: true,
    note: 'An email address.',
  },
  isUrl: {
    type: 'string',
    keywords: ({ args }) => (args[0] === undefined || requiresProtocol(args[0]) ? { format: 'uri' } : {}),
    partly: true,
    note: 'A URL.',
  },
  isFqdn: partly({ format: 'hostname' }, 'A domain name.'),
  isIp: { type: 'string', keywords: ({ args }) => ipAddress(String(args[0] ?? '')), partly: true },
  isUuid: { type: 'string', keywords: ({ args }) => uuid(args[0]) },
  // The validators accept dates, local times and week dates too; `format` would promise less than that.
  isDateString: checked('An ISO 8601 date, or date and time.'),
  isIso8601: checked('An ISO 8601 date, or date and time.'),
  isRFC3339: partly({ format: 'date-time' }, 'An RFC 3339 date and time.'),
  isMilitaryTime: pattern('^([01]\\d|2[0-3]):?([0-5]\\d)$'),
  isTimeZone: checked('An IANA time zone.'),
  isBase32: pattern('^(?=(?:.{8})*$)[A-Z2-7]+=*$'),
  isBase58: pattern('^[A-HJ-NP-Za-km-z1-9]*$'),
  isBase64: { type: 'string', keywords: ({ args }) => base64(args[0]) },
  isHexadecimal: pattern('^(0[xXhH])?[0-9A-Fa-f]+$'),
  isOctal: pattern('^(0[oO])?[0-7]+$'),
  isHexColor: {
    type: 'string',
    keywords: ({ args }) => {
      const hash = option(args[0], 'require_hashtag') ? '#' : '#?';
      return { pattern: `^${hash}([0-9A-Fa-f]{3}|[0-9A-Fa-f]{4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$` };
    },
  },
  isRgbColor: checked('An RGB colour.'),
  isHSL: checked('An HSL colour.'),
  isHash: { type: 'string', keywords: ({ args }) => hash(String(args[0])), note: 'A hash.' },
  isMongoId: pattern('^(?=.{24}$)(0[xXhH])?[0-9A-Fa-f]+$'),
  IsFirebasePushId: pattern('^[a-zA-Z0-9_-]{20}$'),
  isJwt: pattern('^[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*$'),
  isJson: partly({ contentMediaType: 'application/json' }, 'A JSON document.'),
  isSemVer: pattern(
    '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)' +
      '(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?' +
      '(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$',
  ),
  isMacAddress: checked('A MAC address.'),
  isPort: partly({ pattern: '^[-+]?(0|[1-9]\\d{0,4})$' }, 'A port number.'),
  isMimeType: checked('A MIME type.'),
  isDataURI: checked('A data URI.'),
  isMagnetURI: partly({ pattern: '^magnet:\\?' }, 'A magnet URI.'),
  isBooleanString: pattern('^(true|false|1|0)$'),
  isNumberString: {
    type: 'string',
    keywords: ({ args }) => numberString(args[0]),
    note: 'A number as text.',
  },
  isDecimal: { type: 'string', keywords: ({ args }) => decimal(args[0]), note: 'A decimal number as text.' },
  isEthereumAddress: pattern('^0[xX][0-9a-fA-F]{40}$'),
  isBtcAddress: pattern('^((bc1|tb1|bc1p|tb1p)[ac-hj-np-z02-9]{39,58}|[123m][A-HJ-NP-Za-km-z1-9]{25,39})$'),
};

function option(options: unknown, name: string): unknown {
  return typeof options === 'object' && options !== null ? Reflect.get(options, name) : undefined;
}

/** Without options `example.org` passes too, but every model and form knows what a `uri` is. */
function requiresProtocol(options: unknown): boolean {
  return (
    option(options, 'require_protocol') !== false && option(options, 'allow_protocol_relative_urls') !== true
  );
}

function ipAddress(version: string): JsonSchema {
  if (version === '4' || version === '6') return { format: `ipv${version}` };
  return { anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] };
}

const hex = (digits: number) => `[0-9a-fA-F]{${digits}}`;
const nilUuid = '00000000-0000-0000-0000-000000000000';
const maxUuid = '[fF]{8}-[fF]{4}-[fF]{4}-[fF]{4}-[fF]{12}';
const versioned = (versions: string) =>
  `${hex(8)}-${hex(4)}-${versions}${hex(3)}-[89abAB]${hex(3)}-${hex(12)}`;

function uuid(version: unknown): JsonSchema | undefined {
  const versions = Array.isArray(version) ? version : [version ?? 'all'];
  const forms = versions.map((each: unknown) => uuidForm(String(each)));
  return forms.every((form) => form !== undefined)
    ? { format: 'uuid', pattern: `^(${forms.join('|')})$` }
    : undefined;
}

function uuidForm(version: string): string | undefined {
  if (/^[1-8]$/.test(version)) return versioned(version);
  if (version === 'all') return `${versioned('[1-8]')}|${nilUuid}|${maxUuid}`;
  if (version === 'loose') return `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
  return { nil: nilUuid, max: maxUuid }[version];
}

function base64(options: unknown): JsonSchema {
  const urlSafe = option(options, 'urlSafe') === true;
  const padded = option(options, 'padding') ?? !urlSafe;
  const letters = urlSafe ? '[A-Za-z0-9_-]' : '[A-Za-z0-9+/]';
  const source = padded ? `^((?=(?:.{4})*$)${letters}+={0,2})?$` : `^${letters}*$`;
  return urlSafe ? { pattern: source } : { contentEncoding: 'base64', pattern: source };
}

const hashLengths: Readonly<Record<string, number>> = {
  md5: 32,
  md4: 32,
  sha1: 40,
  sha256: 64,
  sha384: 96,
  sha512: 128,
  ripemd128: 32,
  ripemd160: 40,
  tiger128: 32,
  tiger160: 40,
  tiger192: 48,
  crc32: 8,
  crc32b: 8,
};

function hash(algorithm: string): JsonSchema | undefined {
  const length = hashLengths[algorithm];
  return length === undefined ? undefined : { pattern: `^${hex(length)}$` };
}

function numberString(options: unknown): JsonSchema | undefined {
  if (option(options, 'locale') !== undefined) return undefined;
  return { pattern: option(options, 'no_symbols') ? '^[0-9]+$' : '^[+-]?([0-9]*[.])?[0-9]+$' };
}

function decimal(options: unknown): JsonSchema | undefined {
  if ((option(options, 'locale') ?? 'en-US') !== 'en-US') return undefined;
  const digits = String(option(options, 'decimal_digits') ?? '1,');
  const fraction = `(\\.[0-9]{${digits}})${option(options, 'force_decimal') ? '' : '?'}`;
  return { pattern: `^(?![-+]?$)[-+]?([0-9]+)?${fraction}$` };
}
