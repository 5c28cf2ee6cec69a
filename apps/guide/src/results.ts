import { Arg, image, link, McpServer, ProtocolError, Server, text, Tool, ToolError } from '@reprise/core';
import { IsInt, IsString } from 'class-validator';
import { bookOf } from './catalogue.js';

// #region output-dto
class BookCard {
  @IsString() title!: string;
  @IsInt() pages!: number;
}
// #endregion output-dto

// #region error-class
class NotOnTheShelf extends ToolError {
  constructor(isbn: string) {
    super(`There is no book ${isbn}. Search for its title first.`);
  }
}
// #endregion error-class

@Server({ name: 'library', version: '1.0.0' })
export class Results extends McpServer {
  // #region text
  @Tool({ description: 'How many pages a book has' })
  pages(@Arg('isbn') isbn: string): number {
    return bookOf(isbn)?.pages ?? 0;
  }
  // #endregion text

  // #region output
  @Tool({ description: 'The card of a book', output: BookCard })
  card(@Arg('isbn') isbn: string): BookCard {
    const book = bookOf(isbn);
    if (!book) throw new ToolError(`There is no book ${isbn}.`);
    return { title: book.title, pages: book.pages };
  }
  // #endregion output

  // #region blocks
  @Tool({ description: 'The cover of a book' })
  cover(@Arg('isbn') isbn: string) {
    return [
      text(`The cover of ${isbn}, and where to read more:`),
      image(coverOf(isbn), 'image/svg+xml'),
      link(`book://${isbn}`, 'The book'),
    ];
  }
  // #endregion blocks

  // #region stream
  @Tool({ description: 'Read the first lines aloud' })
  async *read(@Arg('isbn') isbn: string): AsyncGenerator<string> {
    yield `Once, in ${isbn}, `;
    yield 'there was a lighthouse.';
  }
  // #endregion stream

  // #region own-error
  @Tool({ description: 'Fetch a book from the shelf' })
  fetch(@Arg('isbn') isbn: string): string {
    if (!bookOf(isbn)) throw new NotOnTheShelf(isbn);
    return 'Here it is.';
  }
  // #endregion own-error

  // #region protocol-error
  @Tool({ description: 'Something for members' })
  vault(): string {
    throw new ProtocolError(-32001, 'Members only', { join: 'https://library.example/join' });
  }
  // #endregion protocol-error

  // #region internal-error
  @Tool({ description: 'Ask the old card index' })
  index(): string {
    throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
  }
  // #endregion internal-error
}

function coverOf(isbn: string): Uint8Array {
  return new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg"><text>${isbn}</text></svg>`);
}
