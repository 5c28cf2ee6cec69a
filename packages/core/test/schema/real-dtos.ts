import { Default, Description, Title } from '@reprise/core';
import { Expose, Transform, Type } from 'class-transformer';
import * as v from 'class-validator';

/** Five sets of classes as applications have them, with what class-validator and class-transformer offer in daily use. */

// --- A user signs up: formats, a rule about two properties, nested options.

@v.ValidatorConstraint({ name: 'sameAs' })
class SameAs implements v.ValidatorConstraintInterface {
  validate(value: unknown, { object, constraints }: v.ValidationArguments): boolean {
    return value === Reflect.get(object, String(constraints[0]));
  }

  defaultMessage({ constraints }: v.ValidationArguments): string {
    return `must be the same as ${String(constraints[0])}`;
  }
}

class Profile {
  @v.IsString() @v.Length(1, 40) displayName!: string;
  @v.IsOptional() @v.IsLocale() locale?: string;
  @v.IsOptional() @v.IsUrl({ protocols: ['https'], require_protocol: true }) avatar?: string;
}

export class SignUp {
  @Title('E-mail') @v.IsEmail() @v.MaxLength(120) email!: string;
  @v.Matches(/^[a-z0-9_]{3,20}$/) username!: string;
  @v.IsStrongPassword({ minLength: 10 }) password!: string;
  @v.Validate(SameAs, ['password']) passwordAgain!: string;
  @v.IsDate() @v.MaxDate(() => new Date()) born!: Date;
  @v.IsOptional() @v.IsPhoneNumber() phone?: string;
  @v.Equals(true) acceptsTerms!: boolean;
  @Default([]) @v.IsIn(['news', 'offers'], { each: true }) @v.ArrayUnique() newsletters!: string[];
  @v.IsOptional() @v.ValidateNested() profile?: Profile;
}

// --- An order with lines: inheritance, lists of classes, money.

abstract class Identified {
  @Description('Chosen by the caller; the same id orders once.') @v.IsUUID(4) id!: string;
}

class OrderLine {
  @v.Matches(/^[A-Z]{3}-\d{4}$/) sku!: string;
  @v.IsInt() @v.IsPositive() @v.Max(999) quantity!: number;
  @v.IsNumber({ maxDecimalPlaces: 2 }) @v.Min(0) unitPrice!: number;
  @v.IsOptional() @v.Min(0) @v.Max(100) discountPercent?: number;
}

enum Shipping {
  Standard = 'standard',
  Express = 'express',
}

export class Order extends Identified {
  @v.IsISO4217CurrencyCode() currency!: string;
  @v.ValidateNested({ each: true })
  @Type(() => OrderLine)
  @v.ArrayMinSize(1)
  @v.ArrayMaxSize(50)
  lines!: OrderLine[];
  @v.IsEnum(Shipping) shipping!: Shipping;
  @v.IsOptional() @v.IsString() @v.MaxLength(200) note?: string;
  @Expose({ name: 'coupon_code' }) @v.IsOptional() @v.IsAlphanumeric() @v.IsUppercase() couponCode?: string;

  total(): number {
    const of = ({ quantity, unitPrice, discountPercent = 0 }: OrderLine) =>
      quantity * unitPrice * (1 - discountPercent / 100);
    return this.lines.reduce((sum, line) => sum + of(line), 0);
  }
}

// --- An address whose parts depend on its country.

class Place {
  @v.IsLatitude() latitude!: number;
  @v.IsLongitude() longitude!: number;
}

const isIn = (country: string) => (address: { country?: unknown }) => address.country === country;

export class Address {
  @v.IsISO31661Alpha2() country!: string;
  @v.ValidateIf(isIn('US')) @v.IsIn(['CA', 'NY', 'TX']) state?: string;
  @v.ValidateIf((address: Address) => address.country !== 'IE')
  @v.IsString()
  @v.IsNotEmpty()
  postalCode?: string;
  @v.IsString({ each: true }) @v.ArrayMinSize(1) @v.ArrayMaxSize(3) street!: string[];
  @v.IsNotEmpty() @v.IsString() city!: string;
  @v.IsOptional() @v.ValidateNested() at?: Place;
}

// --- The filter of a list: defaults, a numeric enum, a Set, a range, text that becomes a list.

enum Direction {
  Up = 1,
  Down = -1,
}

class PriceRange {
  @v.IsOptional() @v.IsNumber() @v.Min(0) from?: number;
  @v.IsOptional() @v.IsNumber() @v.Min(0) to?: number;
}

export class ProductFilter {
  @v.IsOptional() @v.IsString() @v.MinLength(2) search?: string;
  @Default(1) @v.IsInt() @v.Min(1) page!: number;
  @Default(25) @v.IsIn([10, 25, 100]) pageSize!: number;
  @Default('name') @v.IsIn(['name', 'price', 'added']) sortBy!: string;
  @Default(Direction.Up) @v.IsEnum(Direction) direction!: Direction;
  @v.IsOptional() @v.ValidateNested() price?: PriceRange;
  @v.IsOptional() @v.IsDate() addedAfter?: Date;
  @v.IsOptional() @Type(() => String) brands?: Set<string>;
  @v.IsOptional()
  @v.IsString({ each: true })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  tags?: string[];
}

// --- A webhook: one of several events, told apart by their type.

abstract class Event {
  @v.IsString() type!: string;
}
class PaymentSucceeded extends Event {
  @v.IsInt() @v.IsPositive() amount!: number;
  @v.IsISO4217CurrencyCode() currency!: string;
}
class PaymentFailed extends Event {
  @v.IsIn(['declined', 'expired', 'fraud']) reason!: string;
  @Default(false) @v.IsBoolean() willRetry!: boolean;
}
class CustomerUpdated extends Event {
  @v.IsMongoId() customer!: string;
  @v.IsNotEmptyObject() changes!: object;
}

export class Webhook {
  @v.IsUUID() id!: string;
  @v.IsSemVer() version!: string;
  @v.IsDate() sentAt!: Date;
  @v.IsHash('sha256') signature!: string;
  @v.ValidateNested()
  @Type(() => Event, {
    discriminator: {
      property: 'type',
      subTypes: [
        { name: 'payment.succeeded', value: PaymentSucceeded },
        { name: 'payment.failed', value: PaymentFailed },
        { name: 'customer.updated', value: CustomerUpdated },
      ],
    },
    keepDiscriminatorProperty: true,
  })
  event!: PaymentSucceeded | PaymentFailed | CustomerUpdated;
  @v.IsOptional() @Type(() => String) labels?: Map<string, string>;
}

export const events = { PaymentSucceeded, PaymentFailed, CustomerUpdated };
