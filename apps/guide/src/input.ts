import {
  Args,
  Default,
  describeRule,
  Description,
  Example,
  McpServer,
  Server,
  Title,
  Tool,
} from '@reprise/core';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsEnum,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  Min,
  Validate,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';

// #region rules
class LoanRequest {
  @IsString() isbn!: string;
  @IsEmail() reader!: string;
  @IsInt() @Min(1) @Max(8) weeks!: number;
}
// #endregion rules

// #region words
class Review {
  @Title('Stars') @Description('5 is best') @Example(4) @IsInt() @Min(1) @Max(5) stars!: number;
  @Title('What you thought') @Example('Wonderful.') @Example('Too long.') @IsString() text!: string;
  @Default('en') @IsIn(['en', 'de', 'fr']) language!: string;
}
// #endregion words

// #region shapes
enum Shelf {
  Fiction = 'fiction',
  Travel = 'travel',
}

class Author {
  @IsString() name!: string;
  @IsOptional() @IsInt() born?: number;
}

class Donation {
  @IsString() title!: string;
  @IsEnum(Shelf) shelf!: Shelf;
  @IsArray() @ArrayMaxSize(3) @IsString({ each: true }) languages!: string[];
  @ValidateNested() @Type(() => Author) author!: Author;
  @IsOptional() @Type(() => Date) printed?: Date;
}
// #endregion shapes

// #region own-rule
@ValidatorConstraint()
class ShelfMark implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && /^[A-Z]{2}\d{3}$/.test(value);
  }

  defaultMessage(): string {
    return 'must be a shelf mark such as AB123';
  }
}

describeRule(ShelfMark, () => ({ type: 'string', pattern: '^[A-Z]{2}\\d{3}$' }));

class Move {
  @Validate(ShelfMark) to!: string;
}
// #endregion own-rule

@Server({ name: 'library', version: '1.0.0' })
export class Input extends McpServer {
  @Tool({ description: 'Lend a book' })
  lend(@Args() { isbn, weeks }: LoanRequest): string {
    return `${isbn} for ${weeks} weeks`;
  }

  @Tool({ description: 'Leave a review' })
  review(@Args() review: Review): string {
    return `${review.stars} stars (${review.language})`;
  }

  @Tool({ description: 'Move a book' })
  move(@Args() { to }: Move): string {
    return `Moved to ${to}.`;
  }

  @Tool({ description: 'Donate a book' })
  donate(@Args() { author, shelf, printed }: Donation): string {
    return `${author.name} on ${shelf}, ${author instanceof Author}, ${printed?.getUTCFullYear()}`;
  }
}
