export interface Book {
  readonly isbn: string;
  readonly title: string;
  readonly author: string;
  readonly pages: number;
}

/** The shelves of the little library that most pages of the guide are about. */
export const books: readonly Book[] = [
  { isbn: '0001', title: 'The Lighthouse', author: 'Ada North', pages: 212 },
  { isbn: '0002', title: 'Salt and Stars', author: 'Ben Quay', pages: 340 },
  { isbn: '0003', title: 'A Year of Tides', author: 'Ada North', pages: 198 },
];

export function bookOf(isbn: string): Book | undefined {
  return books.find((book) => book.isbn === isbn);
}
