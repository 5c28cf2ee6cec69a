import { Args, Default, Description, Example, McpServer, Server, Title, Tool } from '@reprise/core';
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
  ValidateNested,
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

  @Tool({ description: 'Donate a book' })
  donate(@Args() { author, shelf, printed }: Donation): string {
    return `${author.name} on ${shelf}, ${author instanceof Author}, ${printed?.getUTCFullYear()}`;
  }
}
