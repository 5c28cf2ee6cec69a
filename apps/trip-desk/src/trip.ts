import { Description, Example, Title } from '@reprise/core';
import { IsEmail, IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

// #region request
/** What a client asks for: the arguments of a tool. */
export class TripRequest {
  @Description('The city to fly to') @Example('Lisbon') @IsString() destination!: string;
  @Description('How many nights') @IsInt() @Min(1) @Max(30) nights!: number;
}
// #endregion request

// #region traveller
/** What only the user knows: the form of a question. */
export class Traveller {
  @Title('Full name') @IsString() name!: string;
  @Title('E-mail') @IsEmail() email!: string;
  @Title('Cabin') @IsOptional() @IsIn(['economy', 'business']) cabin?: 'economy' | 'business';
}
// #endregion traveller
