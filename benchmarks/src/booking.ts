import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Type as T } from 'typebox';

class Passenger {
  @IsString() @Length(1, 80) name!: string;
  @IsOptional() @IsInt() @Min(0) age?: number;
}

/** Six fields again, one of them a list of objects. */
export class GroupBooking {
  @IsString() @Length(1, 80) destination!: string;
  @IsInt() @Min(1) @Max(30) nights!: number;
  @IsIn(['economy', 'business']) cabin!: 'economy' | 'business';
  @IsEmail() email!: string;
  @IsBoolean() flexible!: boolean;
  @ValidateNested({ each: true }) @Type(() => Passenger) passengers!: Passenger[];
}

export const typeBoxBooking = T.Object(
  {
    destination: T.String({ minLength: 1, maxLength: 80 }),
    nights: T.Integer({ minimum: 1, maximum: 30 }),
    cabin: T.Union([T.Literal('economy'), T.Literal('business')]),
    email: T.String({ pattern: '^[^@\\s]+@[^@\\s]+$' }),
    flexible: T.Boolean(),
    note: T.Optional(T.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);

export const booking = {
  destination: 'Oslo',
  nights: 3,
  cabin: 'economy',
  email: 'ada@example.org',
  flexible: true,
  note: 'A window, if there is one.',
};
export const groupBooking = {
  destination: 'Oslo',
  nights: 3,
  cabin: 'economy',
  email: 'ada@example.org',
  flexible: true,
  passengers: [{ name: 'Ada', age: 36 }, { name: 'Charles' }],
};
/** Three of its six fields are wrong. */
export const wrongBooking = { ...booking, nights: 31, cabin: 'first', email: 'ada' };
