import { Arg, type Container, McpServer, Param, Resource, Server, Tool } from '@reprise/core';
import { bookOf, books } from './catalogue.js';

// #region service
export class Clock {
  hour(): number {
    return 11;
  }
}
// #endregion service

// #region class-tool
@Tool({ description: 'Is the library open now?' })
export class IsOpenTool {
  constructor(private readonly clock: Clock) {}

  execute(@Arg('day') day: string): boolean {
    return day !== 'Monday' && this.clock.hour() >= 10;
  }
}
// #endregion class-tool

// #region methods
export class Shelves {
  @Resource('shelf://{author}')
  byAuthor(@Param('author') author: string) {
    return books.filter((book) => book.author === author);
  }

  @Tool({ description: 'Where a book stands' })
  locate(@Arg('isbn') isbn: string): string {
    return bookOf(isbn) ? `Shelf ${isbn.at(-1)}` : 'Not here.';
  }
}
// #endregion methods

// #region container
/** The smallest container there is; tsyringe, typedi, inversify and Nest have the same method. */
const clock = new Clock();
const container: Container = {
  get: (cls) => (cls === IsOpenTool ? new IsOpenTool(clock) : new cls()),
};
// #endregion container

// #region server
@Server({
  name: 'library',
  version: '1.0.0',
  components: [IsOpenTool, Shelves],
  discover: [new URL('./tools/', import.meta.url)],
  container,
})
export class Components extends McpServer {}
// #endregion server

// #region inherit
@Server({ name: 'childrens-library', version: '1.0.0' })
export class ChildrensLibrary extends Components {
  @Tool({ description: 'A story for today' })
  story(): string {
    return 'The Very Small Lighthouse';
  }
}
// #endregion inherit
