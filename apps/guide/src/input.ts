import {
  AllowUnknown,
  Arg,
  Args,
  Default,
  Description,
  Example,
  McpHeader,
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
  Matches,
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

// #region headers
class Pickup {
  @McpHeader('Branch') @IsString() branch!: string;
  @IsString() isbn!: string;
}
// #endregion headers

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

// #region variants
class Letter {
  @IsIn(['letter']) by!: 'letter';
  @IsString() address!: string;
}

class Call {
  @IsIn(['call']) by!: 'call';
  @Matches(/^\+\d{6,15}$/) number!: string;
}

class Reminder {
  @ValidateNested()
  @Type(() => Object, {
    discriminator: {
      property: 'by',
      subTypes: [
        { name: 'letter', value: Letter },
        { name: 'call', value: Call },
      ],
    },
    keepDiscriminatorProperty: true,
  })
  via!: Letter | Call;
}
// #endregion variants

// #region open
@AllowUnknown()
class Filter {
  @IsOptional() @IsString() author?: string;
}
// #endregion open

// #region groups-dto
class Book {
  @IsInt({ groups: ['change'] }) id!: number;
  @IsString({ groups: ['add', 'change'] }) title!: string;
  @IsOptional({ always: true }) @IsInt({ always: true }) pages?: number;
}
// #endregion groups-dto

// #region output-dto
class Shelved {
  @IsEnum(Shelf) shelf!: Shelf;
  @Default(1) @IsInt() copies!: number;
}
// #endregion output-dto

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

  @Tool({ description: 'Collect a book at a branch' })
  collect(@Args() { branch, isbn }: Pickup): string {
    return `${isbn} lies ready in ${branch}`;
  }

  @Tool({ description: 'Donate a book' })
  donate(@Args() { author, shelf, printed }: Donation): string {
    return `${author.name} on ${shelf}, ${author instanceof Author}, ${printed?.getUTCFullYear()}`;
  }

  @Tool({ description: 'Be reminded of what is due' })
  remind(@Args() { via }: Reminder): string {
    return via.by === 'letter' ? `A letter to ${via.address}.` : `A call to ${via.number}.`;
  }

  @Tool({ description: 'Find books' })
  find(@Args() filter: Filter): string {
    return Object.keys(filter).sort().join(' and ');
  }

  // #region groups
  @Tool({ description: 'Add a book', groups: ['add'] })
  add(@Args() { title }: Book): string {
    return `${title} is new.`;
  }

  @Tool({ description: 'Change a book', groups: ['change'] })
  change(@Args() { id, title }: Book): string {
    return `${id} is called ${title} now.`;
  }
  // #endregion groups

  // #region output
  @Tool({ description: 'Where a book stands' })
  stands(@Arg('isbn') isbn: string): Shelved {
    return { shelf: isbn.startsWith('9') ? Shelf.Travel : Shelf.Fiction, copies: 2 };
  }

  @Tool({ description: 'Where a book will stand', output: Shelved })
  async shelve() {
    return { shelf: Shelf.Travel };
  }
  // #endregion output
}
