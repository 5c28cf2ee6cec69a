import { Arg, McpServer, Param, ProtocolError, Resource, Server, Tool } from '@reprise/core';
import { type Book, bookOf, books } from './catalogue.js';

@Server({ name: 'library', version: '1.0.0' })
export class Resources extends McpServer {
  // #region static
  private notice = 'Open as usual.';

  @Resource('library://notice', { description: 'The notice on the door', mimeType: 'text/plain' })
  door(): string {
    return this.notice;
  }
  // #endregion static

  // #region object
  @Resource('library://books', { description: 'All books', cache: { ttlMs: 60_000, cacheScope: 'public' } })
  all(): readonly Book[] {
    return books;
  }
  // #endregion object

  // #region template
  @Resource('book://{isbn}/page/{page}', { description: 'One page of a book', mimeType: 'text/markdown' })
  page(@Param('isbn') isbn: string, @Param('page') page: number): string {
    const book = bookOf(isbn);
    if (!book || page > book.pages) throw new ProtocolError(-32602, `There is no page ${page} of ${isbn}.`);
    return `## ${book.title}, page ${page}`;
  }
  // #endregion template

  // #region bytes
  @Resource('book://{isbn}/barcode{?scale}', { mimeType: 'image/x-portable-bitmap' })
  barcode(@Param('isbn') isbn: string, @Param('scale') scale = 1): Uint8Array {
    return new TextEncoder().encode(`P1 ${isbn.length * scale} 1 ${'1 '.repeat(isbn.length * scale)}`);
  }
  // #endregion bytes

  // #region notify
  @Tool({ description: 'Change the notice on the door' })
  putUp(@Arg('notice') notice: string): string {
    this.notice = notice;
    this.notifyResourceUpdated('library://notice');
    return 'Done.';
  }
  // #endregion notify
}
