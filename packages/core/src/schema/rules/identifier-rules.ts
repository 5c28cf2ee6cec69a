import { checked, partly, pattern, type RuleTable } from './rule.js';

/** Numbers and codes that authorities hand out. Lists and check digits are beyond JSON Schema. */
export const identifierRules: RuleTable = {
  isISO31661Alpha2: partly({ pattern: '^[A-Za-z]{2}$' }, 'An ISO 3166-1 alpha-2 country code.'),
  isISO31661Alpha3: partly({ pattern: '^[A-Za-z]{3}$' }, 'An ISO 3166-1 alpha-3 country code.'),
  isISO31661Numeric: partly({ pattern: '^\\d{3}$' }, 'An ISO 3166-1 numeric country code.'),
  isISO4217CurrencyCode: partly({ pattern: '^[A-Za-z]{3}$' }, 'An ISO 4217 currency code.'),
  isISO6391: partly({ pattern: '^[a-z]{2}$' }, 'An ISO 639-1 language code.'),
  isLocale: checked('A locale such as en-GB.'),
  isCurrency: checked('An amount of money as text.'),
  isIBAN: checked('An IBAN.'),
  isBIC: partly({ pattern: '^[A-Za-z]{6}[A-Za-z0-9]{2}([A-Za-z0-9]{3})?$' }, 'A BIC or SWIFT code.'),
  isCreditCard: checked('A credit card number.'),
  isEAN: partly({ pattern: '^(\\d{8}|\\d{13}|\\d{14})$' }, 'An EAN.'),
  isIsbn: checked('An ISBN.'),
  isIsin: partly({ pattern: '^[A-Z]{2}[0-9A-Z]{9}[0-9]$' }, 'An ISIN.'),
  isISSN: partly({ pattern: '^\\d{4}-?\\d{3}[\\dXx]$' }, 'An ISSN.'),
  isISRC: pattern('^[A-Z]{2}[0-9A-Z]{3}\\d{2}\\d{5}$'),
  isPhoneNumber: checked('A phone number.'),
  isMobilePhone: checked('A mobile phone number.'),
  isPostalCode: checked('A postal code.'),
  isPassportNumber: checked('A passport number.'),
  isIdentityCard: checked('An identity card number.'),
  isTaxId: checked('A tax number.'),
};
