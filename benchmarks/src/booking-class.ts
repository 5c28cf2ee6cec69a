import { IsBoolean, IsEmail, IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';

/** The arguments of a usual tool: six fields. Alone in its file, so that a server of it loads nothing else. */
export class Booking {
  @IsString() @Length(1, 80) destination!: string;
  @IsInt() @Min(1) @Max(30) nights!: number;
  @IsIn(['economy', 'business']) cabin!: 'economy' | 'business';
  @IsEmail() email!: string;
  @IsBoolean() flexible!: boolean;
  @IsOptional() @IsString() @Length(0, 200) note?: string;
}
