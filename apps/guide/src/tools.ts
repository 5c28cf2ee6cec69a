import { Arg, Args, McpServer, Server, Signal, Tool } from '@reprise/core';
import { IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { books } from './catalogue.js';

// #region class
class Renewal {
  @IsString() isbn!: string;
  @IsIn([1, 2, 4]) weeks!: number;
}

@Tool({ description: 'Renew a loan' })
export class RenewTool {
  execute(@Args(Renewal) { isbn, weeks }: Renewal): string {
    return `${isbn} is yours for ${weeks} more weeks.`;
  }
}
// #endregion class

// #region args-dto
class Search {
  @IsString() words!: string;
  @IsOptional() @IsInt() @Min(1) @Max(20) limit?: number;
}
// #endregion args-dto

@Server({ name: 'library', version: '1.0.0', components: [RenewTool] })
export class Tools extends McpServer {
  // #region args
  @Tool({ description: 'Search the shelves by title or author' })
  search(@Args() { words, limit = 5 }: Search): string {
    const titles = books
      .filter(({ title, author }) => `${title} ${author}`.includes(words))
      .map(({ title }) => title);
    return titles.slice(0, limit).join(', ') || 'Nothing found.';
  }
  // #endregion args

  // #region arg
  @Tool({ description: 'Convert a number of pages into evenings' })
  evenings(
    @Arg('pages', { description: 'Pages of the book' }) pages: number,
    @Arg('pace', { enum: ['slow', 'fast'], required: false }) pace: 'slow' | 'fast' = 'slow',
  ): number {
    return Math.ceil(pages / (pace === 'slow' ? 30 : 80));
  }
  // #endregion arg

  // #region options
  @Tool({
    name: 'opening-hours',
    title: 'Opening hours',
    description: 'When the library is open',
    annotations: { readOnlyHint: true, openWorldHint: false },
    tags: ['visit'],
    _meta: { 'example.org/floor': 1 },
  })
  openingHours(): string {
    return 'Tuesday to Saturday, 10 to 18.';
  }
  // #endregion options

  // #region signal
  @Tool({ description: 'Count all words of the collection; takes a while' })
  async count(@Signal() signal: AbortSignal): Promise<number> {
    let words = 0;
    for (const book of books) {
      signal.throwIfAborted();
      words += await countWords(book.isbn);
    }
    return words;
  }
  // #endregion signal
}

async function countWords(isbn: string): Promise<number> {
  return Number(isbn) * 1000;
}
