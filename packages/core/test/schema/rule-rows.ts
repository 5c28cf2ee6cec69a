import { expect } from '@jest/globals';
import * as v from 'class-validator';

/** A decorator with the schema it must give, and values it must accept and refuse. */
export interface Row {
  readonly decorators: readonly PropertyDecorator[];
  /** What the compiler would write for the property; most rules need none. */
  readonly design?: unknown;
  readonly schema: Record<string, unknown>;
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
  /** Enforced at run time in whole or in part: the schema accepts some of the refused values too. */
  readonly runtimeOnly?: true;
}

type Values = readonly unknown[];

const text = (
  decorator: PropertyDecorator,
  keywords: Record<string, unknown>,
  good: Values,
  bad: Values,
): Row => ({ decorators: [decorator], schema: { type: 'string', ...keywords }, good, bad: [...bad, 5] });

/** Only code can check it; the description says what is wanted. */
const checked = (decorator: PropertyDecorator, note: string, good: Values, bad: Values): Row => ({
  ...text(decorator, { description: note }, good, bad),
  runtimeOnly: true,
});

const partly = (
  decorator: PropertyDecorator,
  keywords: Record<string, unknown>,
  note: string,
  good: Values,
  bad: Values,
): Row => ({
  ...checked(decorator, note, good, bad),
  schema: { type: 'string', ...keywords, description: note },
});

const number = (decorator: PropertyDecorator, keywords: object, good: Values, bad: Values): Row => ({
  decorators: [decorator],
  schema: { type: 'number', ...keywords },
  good,
  bad: [...bad, '5'],
});

const list = (decorator: PropertyDecorator, keywords: object, good: Values, bad: Values): Row => ({
  decorators: [decorator, v.IsInt({ each: true })],
  schema: { type: 'array', ...keywords, items: { type: 'integer' } },
  good,
  bad: [...bad, 'x'],
});

const nil = '00000000-0000-0000-0000-000000000000';
const halfWidth = '\\u0020-\\u007E\\uFF61-\\uFF9F\\uFFA0-\\uFFDC\\uFFE8-\\uFFEE0-9a-zA-Z';

enum Level {
  Low = 1,
  High = 2,
  Urgent = 4,
}
enum Cabin {
  Economy = 'economy',
  Premium = 'premium',
  Business = 'business',
}

const presence: Record<string, Row> = {
  Allow: { decorators: [v.Allow()], schema: {}, good: [1, 'x', null, undefined, { a: [1] }], bad: [] },
  IsDefined: {
    decorators: [v.IsDefined()],
    design: String,
    schema: { type: 'string' },
    good: ['', 'a', 'b'],
    bad: [undefined, null, 1],
  },
  'IsDefined (any value)': {
    decorators: [v.IsDefined(), v.Allow()],
    schema: { not: { const: null } },
    good: [0, '', { a: [null] }],
    bad: [undefined, null],
  },
  IsOptional: {
    decorators: [v.IsOptional(), v.IsString()],
    schema: { type: 'string' },
    good: [undefined, '', 'a'],
    bad: [1, {}, []],
  },
  IsEmpty: {
    decorators: [v.IsEmpty()],
    design: String,
    schema: { type: 'string', enum: ['', null] },
    good: ['', undefined],
    bad: ['a', 1, {}],
  },
  IsNotEmpty: {
    decorators: [v.IsNotEmpty(), v.IsString()],
    schema: { type: 'string', minLength: 1 },
    good: ['a', ' ', '0'],
    bad: ['', null, undefined],
  },
  Equals: {
    decorators: [v.Equals('yes')],
    schema: { type: 'string', const: 'yes' },
    good: ['yes'],
    bad: ['no', true, undefined],
  },
  NotEquals: {
    decorators: [v.NotEquals('no'), v.IsString()],
    schema: { type: 'string', not: { const: 'no' } },
    good: ['yes', '', 'nope'],
    bad: ['no', 1, null],
  },
  IsIn: {
    decorators: [v.IsIn(['a', 'b', 'c'])],
    schema: { type: 'string', enum: ['a', 'b', 'c'] },
    good: ['a', 'b', 'c'],
    bad: ['d', 1, ['a']],
  },
  IsNotIn: {
    decorators: [v.IsNotIn(['a', 'b']), v.IsString()],
    schema: { type: 'string', not: { enum: ['a', 'b'] } },
    good: ['c', '', 'ab'],
    bad: ['a', 'b', 1],
  },
  IsEnum: {
    decorators: [v.IsEnum(Cabin)],
    schema: { type: 'string', enum: ['economy', 'premium', 'business'] },
    good: ['economy', 'premium', 'business'],
    bad: ['Economy', 1, null],
  },
  'IsEnum (numeric)': {
    decorators: [v.IsEnum(Level)],
    schema: { type: 'integer', enum: [1, 2, 4] },
    good: [1, 2, 4],
    bad: ['Low', 3, '1'],
  },
  'IsIn (mixed)': {
    decorators: [v.IsIn(['auto', 1, 2.5])],
    schema: { type: ['string', 'number'], enum: ['auto', 1, 2.5] },
    good: ['auto', 1, 2.5],
    bad: ['1', 2, null],
  },
  'IsIn (titles)': {
    decorators: [v.IsIn(['low', 'high', 'top'], { context: { titles: { low: 'Low priority' } } })],
    schema: {
      type: 'string',
      oneOf: [
        { const: 'low', title: 'Low priority' },
        { const: 'high', title: 'high' },
        { const: 'top', title: 'top' },
      ],
    },
    good: ['low', 'high', 'top'],
    bad: ['Low priority', 1, ''],
  },
};

const numbers: Record<string, Row> = {
  IsInt: { ...number(v.IsInt(), {}, [0, -3, 7], [1.5, true, null]), schema: { type: 'integer' } },
  IsNumber: number(v.IsNumber(), {}, [0, 1.5, -2], [true, null, {}]),
  'IsNumber (decimals)': {
    ...number(
      v.IsNumber({ maxDecimalPlaces: 2 }),
      { description: 'Limited in decimal places.' },
      [1, 1.25, 0.1],
      [1.234, null, {}],
    ),
    runtimeOnly: true,
  },
  Min: number(v.Min(3), { minimum: 3 }, [3, 3.5, 9], [2.9, -3, null]),
  Max: number(v.Max(3), { maximum: 3 }, [3, 2.5, -9], [3.1, 9, null]),
  IsPositive: number(v.IsPositive(), { exclusiveMinimum: 0 }, [1, 0.1, 9], [0, -1, null]),
  IsNegative: number(v.IsNegative(), { exclusiveMaximum: 0 }, [-1, -0.1, -9], [0, 1, null]),
  IsDivisibleBy: number(v.IsDivisibleBy(4), { multipleOf: 4 }, [0, 4, -8], [3, 2, 4.5]),
  IsBoolean: {
    decorators: [v.IsBoolean()],
    schema: { type: 'boolean' },
    good: [true, false],
    bad: ['true', 0, null],
  },
  IsLatitude: {
    decorators: [v.IsLatitude()],
    design: Number,
    schema: { type: 'number', minimum: -90, maximum: 90, description: 'A latitude in degrees.' },
    good: [0, -90, 45.5],
    bad: [91, -90.5, null],
    runtimeOnly: true,
  },
  IsLongitude: {
    decorators: [v.IsLongitude()],
    schema: {
      type: ['number', 'string'],
      minimum: -180,
      maximum: 180,
      description: 'A longitude in degrees.',
    },
    good: [0, '-180', 45.5],
    bad: [181, 'x', null],
    runtimeOnly: true,
  },
  IsLatLong: checked(
    v.IsLatLong(),
    'Latitude and longitude, joined by a comma.',
    ['1,2', '-90,180', '0.5,0.5'],
    ['1', '91,0', 'x'],
  ),
  IsDate: {
    decorators: [v.IsDate()],
    schema: { type: 'string', format: 'date-time' },
    good: ['2026-05-17T09:30:00Z', '2026-05-17T09:30:00.123+02:00', '2024-02-29T00:00:00Z'],
    bad: ['2026-02-30T00:00:00Z', '2026-05-17', 0],
  },
  MinDate: {
    decorators: [v.MinDate(new Date('2026-01-01T00:00:00Z'))],
    schema: { type: 'string', format: 'date-time', description: 'Not before a certain date.' },
    good: ['2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', '2027-01-01T00:00:00Z'],
    bad: ['2025-12-31T23:59:59Z', 'soon', 1],
    runtimeOnly: true,
  },
  MaxDate: {
    decorators: [v.MaxDate(new Date('2026-01-01T00:00:00Z'))],
    schema: { type: 'string', format: 'date-time', description: 'Not after a certain date.' },
    good: ['2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', '2025-01-01T00:00:00Z'],
    bad: ['2026-01-01T00:00:01Z', 'soon', 1],
    runtimeOnly: true,
  },
};

const strings: Record<string, Row> = {
  IsString: text(v.IsString(), {}, ['', 'a', '😀'], [null, {}, []]),
  MinLength: text(v.MinLength(2), { minLength: 2 }, ['ab', 'abc', '😀😀'], ['', 'a', '😀']),
  MaxLength: text(v.MaxLength(2), { maxLength: 2 }, ['', 'ab', '😀😀'], ['abc', '😀😀😀', null]),
  Length: text(v.Length(2, 3), { minLength: 2, maxLength: 3 }, ['ab', 'abc', '12'], ['a', 'abcd', '']),
  IsByteLength: checked(v.IsByteLength(1, 4), 'Limited in bytes.', ['a', 'abcd', '😀'], ['', '😀a', 'abcde']),
  Matches: text(v.Matches(/^[a-z]\d+$/), { pattern: '^[a-z]\\d+$' }, ['a1', 'z99', 'b0'], ['A1', '1a', '']),
  'Matches (flags)': {
    ...text(v.Matches(/^[a-z]+$/i), {}, ['a', 'A', 'bB'], ['1', '', 'a b']),
    runtimeOnly: true,
  },
  Contains: text(v.Contains('a.b'), { pattern: 'a\\.b' }, ['a.b', 'xa.by', 'a.b.a.b'], ['axb', '', 'ab']),
  NotContains: text(
    v.NotContains('a.b'),
    { pattern: '^(?![\\s\\S]*a\\.b)' },
    ['axb', '', '\n'],
    ['a.b', 'x\na.b', 'a.ba'],
  ),
  IsAlpha: text(v.IsAlpha(), { pattern: '^[a-zA-Z]+$' }, ['a', 'Z', 'abc'], ['', '1', 'ä']),
  'IsAlpha (locale)': {
    ...text(v.IsAlpha('de-DE'), {}, ['a', 'ä', 'abc'], ['', '1', 'a b']),
    runtimeOnly: true,
  },
  IsAlphanumeric: text(v.IsAlphanumeric(), { pattern: '^[0-9a-zA-Z]+$' }, ['a', '1', 'a1'], ['', '-', 'ä']),
  IsAscii: text(v.IsAscii(), { pattern: '^[\\x00-\\x7F]+$' }, ['a', '\n', '~'], ['', 'ä', '😀']),
  IsMultibyte: text(v.IsMultibyte(), { pattern: '[^\\x00-\\x7F]' }, ['ä', 'aä', '😀'], ['', 'a', '~']),
  IsLowercase: partly(
    v.IsLowercase(),
    { pattern: '^[^A-Z]*$' },
    'Lower case.',
    ['a', '', 'ä1'],
    ['A', 'aB', 'Ä'],
  ),
  IsUppercase: partly(
    v.IsUppercase(),
    { pattern: '^[^a-z]*$' },
    'Upper case.',
    ['A', '', 'Ä1'],
    ['a', 'aB', 'ä'],
  ),
  IsFullWidth: text(v.IsFullWidth(), { pattern: `[^${halfWidth}]` }, ['ひ', 'aひ', '😀'], ['', 'a', '1']),
  IsHalfWidth: text(v.IsHalfWidth(), { pattern: `[${halfWidth}]` }, ['a', 'aひ', '1'], ['', 'ひ', '😀']),
  IsVariableWidth: text(
    v.IsVariableWidth(),
    { pattern: `^(?=[\\s\\S]*[^${halfWidth}])(?=[\\s\\S]*[${halfWidth}])` },
    ['aひ', 'ひ1', '😀a'],
    ['', 'a', 'ひ'],
  ),
  IsSurrogatePair: checked(
    v.IsSurrogatePair(),
    'Contains a character beyond the basic plane.',
    ['😀', 'a😀', '𠮷'],
    ['', 'a', 'ひ'],
  ),
  IsStrongPassword: checked(
    v.IsStrongPassword(),
    'A strong password.',
    ['aB3$efgh', 'Zz9!zzzz', 'P4ss!word'],
    ['password', '', 'aB3$'],
  ),
};

const formats: Record<string, Row> = {
  IsEmail: partly(
    v.IsEmail(),
    { format: 'email' },
    'An email address.',
    ['a@b.co', 'x.y@example.org', 'a+b@c.de'],
    ['a', 'a@b', '@b.co'],
  ),
  IsUrl: partly(
    v.IsUrl(),
    { format: 'uri' },
    'A URL.',
    ['https://example.org', 'http://a.co/c?d=e', 'ftp://x.org'],
    ['', 'a b', 'nope'],
  ),
  IsFQDN: partly(
    v.IsFQDN(),
    { format: 'hostname' },
    'A domain name.',
    ['example.org', 'a.b.co', 'x-y.de'],
    ['a', '-a.org', 'a..b'],
  ),
  IsIP: {
    ...text(
      v.IsIP(),
      { anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] },
      ['1.2.3.4', '::1', 'fe80::1'],
      ['1.2.3', '', 'x'],
    ),
    runtimeOnly: true,
  },
  'IsIP (4)': {
    ...text(
      v.IsIP(4),
      { format: 'ipv4' },
      ['1.2.3.4', '0.0.0.0', '255.255.255.255'],
      ['::1', '', '1.2.3.256'],
    ),
    runtimeOnly: true,
  },
  IsUUID: text(
    v.IsUUID(),
    { format: 'uuid', pattern: expect.stringContaining('[1-8]') },
    [nil, '9b2d7f6e-1c34-4f5a-8b6c-0123456789ab', '9B2D7F6E-1C34-7F5A-BB6C-0123456789AB'],
    ['', '9b2d7f6e', '9b2d7f6e-1c34-9f5a-8b6c-0123456789ab'],
  ),
  'IsUUID (4)': text(
    v.IsUUID(4),
    { format: 'uuid', pattern: expect.stringContaining('-4') },
    [
      '9b2d7f6e-1c34-4f5a-8b6c-0123456789ab',
      '9B2D7F6E-1C34-4F5A-BB6C-0123456789AB',
      '00000000-0000-4000-8000-000000000000',
    ],
    [nil, '9b2d7f6e-1c34-1f5a-8b6c-0123456789ab', ''],
  ),
  IsDateString: checked(
    v.IsDateString(),
    'An ISO 8601 date, or date and time.',
    ['2026-05-17', '2026-05-17T09:30:00Z', '2026-W01'],
    ['soon', '', '17.05.2026'],
  ),
  IsISO8601: checked(
    v.IsISO8601(),
    'An ISO 8601 date, or date and time.',
    ['2026-05-17', '2026-05-17T09:30:00Z', '2026'],
    ['soon', '', '17.05.2026'],
  ),
  IsRFC3339: partly(
    v.IsRFC3339(),
    { format: 'date-time' },
    'An RFC 3339 date and time.',
    ['2026-05-17T09:30:00Z', '2026-05-17T09:30:00.5+02:00', '2024-02-29T00:00:00-05:00'],
    ['2026-05-17', '', 'soon'],
  ),
  IsMilitaryTime: text(
    v.IsMilitaryTime(),
    { pattern: '^([01]\\d|2[0-3]):?([0-5]\\d)$' },
    ['09:30', '2359', '00:00'],
    ['24:00', '9:30', ''],
  ),
  IsTimeZone: checked(
    v.IsTimeZone(),
    'An IANA time zone.',
    ['Europe/Berlin', 'UTC', 'America/New_York'],
    ['Nowhere', 'Europe/Nope', '!'],
  ),
  IsBase32: text(
    v.IsBase32(),
    { pattern: '^(?=(?:.{8})*$)[A-Z2-7]+=*$' },
    ['MFRGGZDF', 'MFRGG===', 'JBSWY3DPEBLW64TMMQ======'],
    ['a', '', 'MFRGGZD1'],
  ),
  IsBase58: text(
    v.IsBase58(),
    { pattern: '^[A-HJ-NP-Za-km-z1-9]*$' },
    ['abc', '123', 'Zz9'],
    ['0', 'O', 'l'],
  ),
  IsBase64: text(
    v.IsBase64(),
    { contentEncoding: 'base64', pattern: expect.any(String) },
    ['', 'aGk=', 'aGVsbG8='],
    ['a', 'aGk', 'a-b_'],
  ),
  'IsBase64 (url)': text(
    v.IsBase64({ urlSafe: true }),
    { pattern: '^[A-Za-z0-9_-]*$' },
    ['', 'aGk', 'a-b_'],
    ['a+b', 'a/b', 'a b'],
  ),
  IsHexadecimal: text(
    v.IsHexadecimal(),
    { pattern: expect.any(String) },
    ['ff', '0xFF', '10'],
    ['', 'g', '0x'],
  ),
  IsOctal: text(v.IsOctal(), { pattern: expect.any(String) }, ['17', '0o17', '0'], ['', '8', '0o']),
  IsHexColor: text(
    v.IsHexColor(),
    { pattern: expect.any(String) },
    ['#fff', 'ABCDEF', '#12345678'],
    ['', '#ff', 'ggg'],
  ),
  IsRgbColor: checked(
    v.IsRgbColor(),
    'An RGB colour.',
    ['rgb(0,0,0)', 'rgba(1,2,3,0.5)', 'rgb(10%,10%,10%)'],
    ['', 'red', 'rgb(256,0,0)'],
  ),
  IsHSL: checked(
    v.IsHSL(),
    'An HSL colour.',
    ['hsl(360,100%,50%)', 'hsl(1,1%,1%)', 'hsla(1,1%,1%,.5)'],
    ['', 'red', 'hsl(a)'],
  ),
  IsHash: text(
    v.IsHash('md5'),
    { pattern: '^[0-9a-fA-F]{32}$' },
    ['d41d8cd98f00b204e9800998ecf8427e', 'F'.repeat(32), '0'.repeat(32)],
    ['', 'd41d', 'g'.repeat(32)],
  ),
  IsMongoId: text(
    v.IsMongoId(),
    { pattern: expect.any(String) },
    ['507f1f77bcf86cd799439011', 'F'.repeat(24), '0'.repeat(24)],
    ['', '507f', 'g'.repeat(24)],
  ),
  IsFirebasePushId: text(
    v.IsFirebasePushId(),
    { pattern: '^[a-zA-Z0-9_-]{20}$' },
    ['-MLKqWuEz7xB7g0e5N3d', 'a'.repeat(20), '_'.repeat(20)],
    ['', 'a', '!'.repeat(20)],
  ),
  IsJWT: text(
    v.IsJWT(),
    { pattern: expect.any(String) },
    ['a.b.c', 'eyJh.eyJz.SflK', '..'],
    ['', 'a.b', 'a.b.c.d'],
  ),
  IsJSON: partly(
    v.IsJSON(),
    { contentMediaType: 'application/json' },
    'A JSON document.',
    ['{}', '[1]', '{"a":1}'],
    ['', '{', 'nope'],
  ),
  IsSemVer: text(
    v.IsSemVer(),
    { pattern: expect.any(String) },
    ['1.2.3', '1.0.0-Alpha.1', '1.0.0+build.5'],
    ['1.2', 'v1.2.3', '01.2.3'],
  ),
  IsMACAddress: checked(
    v.IsMACAddress(),
    'A MAC address.',
    ['01:02:03:04:05:ab', '01-02-03-04-05-AB', '0102.0304.05ab'],
    ['', '01:02', 'zz:02:03:04:05:ab'],
  ),
  IsPort: partly(
    v.IsPort(),
    { pattern: '^[-+]?(0|[1-9]\\d{0,4})$' },
    'A port number.',
    ['0', '80', '65535'],
    ['65536', '080', ''],
  ),
  IsMimeType: checked(
    v.IsMimeType(),
    'A MIME type.',
    ['text/html', 'application/json', 'image/png'],
    ['', 'html', 'x/y'],
  ),
  IsDataURI: checked(
    v.IsDataURI(),
    'A data URI.',
    ['data:,hi', 'data:text/plain,hi', 'data:text/plain;base64,aGk='],
    ['', 'hi', 'http://x'],
  ),
  IsMagnetURI: partly(
    v.IsMagnetURI(),
    { pattern: '^magnet:\\?' },
    'A magnet URI.',
    [
      `magnet:?xt=urn:btih:${'a'.repeat(40)}`,
      `magnet:?xt=urn:sha1:${'A'.repeat(32)}`,
      `magnet:?xt=urn:btih:${'0'.repeat(40)}&dn=a`,
    ],
    ['', 'magnet:?x', 'http://x'],
  ),
  IsBooleanString: text(
    v.IsBooleanString(),
    { pattern: '^(true|false|1|0)$' },
    ['true', 'false', '1'],
    ['yes', '', 'TRUE'],
  ),
  IsNumberString: text(
    v.IsNumberString(),
    { pattern: expect.any(String) },
    ['1', '-1.5', '.5'],
    ['', '1.', 'x'],
  ),
  'IsNumberString (digits)': text(
    v.IsNumberString({ no_symbols: true }),
    { pattern: '^[0-9]+$' },
    ['1', '0', '12'],
    ['-1', '1.5', ''],
  ),
  IsDecimal: text(v.IsDecimal(), { pattern: expect.any(String) }, ['1', '-1.5', '.5'], ['', '-', '1.']),
  'IsDecimal (places)': text(
    v.IsDecimal({ decimal_digits: '2', force_decimal: true }),
    { pattern: expect.any(String) },
    ['1.25', '-0.10', '.50'],
    ['1', '1.2', ''],
  ),
  IsEthereumAddress: text(
    v.IsEthereumAddress(),
    { pattern: expect.any(String) },
    [`0x${'a'.repeat(40)}`, `0x${'F'.repeat(40)}`, `0X${'0'.repeat(40)}`],
    ['', '0x', 'a'.repeat(40)],
  ),
  IsBtcAddress: text(
    v.IsBtcAddress(),
    { pattern: expect.any(String) },
    [
      '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
      '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy',
      'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
    ],
    ['', '1', 'x'.repeat(30)],
  ),
};

const identifiers: Record<string, Row> = {
  IsISO31661Alpha2: partly(
    v.IsISO31661Alpha2(),
    { pattern: '^[A-Za-z]{2}$' },
    'An ISO 3166-1 alpha-2 country code.',
    ['DE', 'fr', 'US'],
    ['XX', 'DEU', ''],
  ),
  IsISO31661Alpha3: partly(
    v.IsISO31661Alpha3(),
    { pattern: '^[A-Za-z]{3}$' },
    'An ISO 3166-1 alpha-3 country code.',
    ['DEU', 'fra', 'USA'],
    ['XXX', 'DE', ''],
  ),
  IsISO31661Numeric: partly(
    v.IsISO31661Numeric(),
    { pattern: '^\\d{3}$' },
    'An ISO 3166-1 numeric country code.',
    ['276', '004', '840'],
    ['999', '27', ''],
  ),
  IsISO4217CurrencyCode: partly(
    v.IsISO4217CurrencyCode(),
    { pattern: '^[A-Za-z]{3}$' },
    'An ISO 4217 currency code.',
    ['EUR', 'usd', 'GBP'],
    ['XYZ', 'EU', ''],
  ),
  IsISO6391: partly(
    v.IsISO6391(),
    { pattern: '^[a-z]{2}$' },
    'An ISO 639-1 language code.',
    ['de', 'en', 'fr'],
    ['xx', 'DE', ''],
  ),
  IsLocale: checked(v.IsLocale(), 'A locale such as en-GB.', ['en-GB', 'de', 'zh-Hans-CN'], ['', 'x', '1']),
  IsCurrency: checked(
    v.IsCurrency(),
    'An amount of money as text.',
    ['$10.50', '10', '-$1,000.00'],
    ['', 'x', '10.5.5'],
  ),
  IsIBAN: checked(
    v.IsIBAN(),
    'An IBAN.',
    ['DE89370400440532013000', 'GB82WEST12345698765432', 'FR1420041010050500013M02606'],
    ['', 'DE00', 'XX89370400440532013000'],
  ),
  IsBIC: partly(
    v.IsBIC(),
    { pattern: expect.any(String) },
    'A BIC or SWIFT code.',
    ['DEUTDEFF', 'DEUTDEFF500', 'NEDSZAJJ'],
    ['', 'DEUT', 'DEUTXXFF'],
  ),
  IsCreditCard: checked(
    v.IsCreditCard(),
    'A credit card number.',
    ['4111111111111111', '5555 5555 5555 4444', '378282246310005'],
    ['', '4111111111111112', '1'],
  ),
  IsEAN: partly(
    v.IsEAN(),
    { pattern: expect.any(String) },
    'An EAN.',
    ['4006381333931', '73513537', '9780306406157'],
    ['', '4006381333932', '1'],
  ),
  IsISBN: checked(
    v.IsISBN(),
    'An ISBN.',
    ['9780306406157', '0306406152', '978-0-306-40615-7'],
    ['', '9780306406158', '1'],
  ),
  IsISIN: partly(
    v.IsISIN(),
    { pattern: expect.any(String) },
    'An ISIN.',
    ['US0378331005', 'DE000BAY0017', 'AU0000XVGZA3'],
    ['', 'US0378331006', 'x'],
  ),
  IsISSN: partly(
    v.IsISSN(),
    { pattern: expect.any(String) },
    'An ISSN.',
    ['0378-5955', '03785955', '2434-561X'],
    ['', '0378-5954', 'x'],
  ),
  IsISRC: text(
    v.IsISRC(),
    { pattern: expect.any(String) },
    ['USRC17607839', 'GBAYE6800011', 'DEUM71601234'],
    ['', 'USRC', 'usrc17607839'],
  ),
  IsPhoneNumber: checked(
    v.IsPhoneNumber(),
    'A phone number.',
    ['+4930901820', '+14155552671', '+442071838750'],
    ['', '123', 'x'],
  ),
  IsMobilePhone: checked(
    v.IsMobilePhone('de-DE'),
    'A mobile phone number.',
    ['+4915112345678', '015112345678', '+4917612345678'],
    ['', '1', 'x'],
  ),
  IsPostalCode: checked(
    v.IsPostalCode('DE'),
    'A postal code.',
    ['10115', '80331', '20095'],
    ['', '1', 'ABCDE'],
  ),
  IsPassportNumber: checked(
    v.IsPassportNumber('DE'),
    'A passport number.',
    ['C01X00T47', 'C26VMVVC3', 'CFGHJKLMN'],
    ['', '1', 'x'],
  ),
  IsIdentityCard: checked(
    v.IsIdentityCard('ES'),
    'An identity card number.',
    ['99999999R', '12345678Z', 'X1234567L'],
    ['', '1', '12345678A'],
  ),
  IsTaxId: checked(
    v.IsTaxId('de-DE'),
    'A tax number.',
    ['26954371827', '86095742719', '65929970489'],
    ['', '1', 'x'],
  ),
};

const collections: Record<string, Row> = {
  IsArray: {
    decorators: [v.IsArray()],
    schema: { type: 'array' },
    good: [[], [1], ['a', {}]],
    bad: ['a', {}, null],
  },
  ArrayNotEmpty: list(v.ArrayNotEmpty(), { minItems: 1 }, [[1], [1, 2], [0]], [[], ['a'], null]),
  ArrayMinSize: list(
    v.ArrayMinSize(2),
    { minItems: 2 },
    [
      [1, 2],
      [1, 1],
      [1, 2, 3],
    ],
    [[], [1], {}],
  ),
  ArrayMaxSize: list(v.ArrayMaxSize(2), { maxItems: 2 }, [[], [1], [1, 2]], [[1, 2, 3], ['a'], {}]),
  ArrayContains: list(
    v.ArrayContains([1, 2]),
    { allOf: [{ contains: { const: 1 } }, { contains: { const: 2 } }] },
    [
      [1, 2],
      [2, 3, 1],
      [1, 1, 2],
    ],
    [[], [1], [2, 3]],
  ),
  ArrayNotContains: list(
    v.ArrayNotContains([1, 2]),
    { not: { contains: { enum: [1, 2] } } },
    [[], [3], [4, 4]],
    [[1], [3, 2], [1, 2]],
  ),
  ArrayUnique: list(v.ArrayUnique(), { uniqueItems: true }, [[], [1], [1, 2]], [[1, 1], [1, 2, 1], {}]),
  IsObject: {
    decorators: [v.IsObject()],
    schema: { type: 'object' },
    good: [{}, { a: 1 }, { a: { b: [1] } }],
    bad: [[], 'a', null],
  },
  IsNotEmptyObject: {
    decorators: [v.IsNotEmptyObject()],
    schema: { type: 'object', minProperties: 1 },
    good: [{ a: 1 }, { a: null }, { a: 1, b: 2 }],
    bad: [{}, 'a', null],
  },
  IsInstance: {
    decorators: [v.IsInstance(Date), v.IsDate()],
    schema: { type: 'string', format: 'date-time', description: 'Checked by its class.' },
    good: ['2026-05-17T09:30:00Z', '2026-05-17T09:30:00.5+02:00', '2024-02-29T00:00:00Z'],
    bad: ['soon', 1, {}],
    runtimeOnly: true,
  },
};

export const rows: Readonly<Record<string, Row>> = {
  ...presence,
  ...numbers,
  ...strings,
  ...formats,
  ...identifiers,
  ...collections,
};

/** A class with one property, `value`, that carries the decorators of a row. */
export function dtoOf({ decorators, design }: Row): new () => object {
  class Dto {
    declare value: unknown;
  }
  if (design !== undefined) Reflect.defineMetadata('design:type', design, Dto.prototype, 'value');
  for (const decorate of [...decorators].reverse()) decorate(Dto.prototype, 'value');
  return Dto;
}
