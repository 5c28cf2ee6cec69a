import { Arg, Args, Complete, Description, McpServer, Param, Prompt, Resource, Server } from '@reprise/core';
import { IsInt, IsOptional, IsString } from 'class-validator';
import { books } from './catalogue.js';

// #region prompt-dto
class ReadingPlan {
  @Description('Whose books') @IsString() author!: string;
  @Description('How many evenings there are') @IsOptional() @IsInt() evenings?: number;
}
// #endregion prompt-dto

@Server({ name: 'library', version: '1.0.0' })
export class Prompts extends McpServer {
  // #region prompt
  @Prompt({ description: 'Plan what to read' })
  plan(@Args() { author, evenings = 7 }: ReadingPlan): string {
    return `Plan ${evenings} evenings with books by ${author}. Look them up with the tool "search".`;
  }
  // #endregion prompt

  // #region messages
  @Prompt({ description: 'Talk about a book' })
  discuss(@Arg('title') title: string) {
    return [
      { role: 'user', content: { type: 'text', text: `I have just read ${title}.` } },
      { role: 'assistant', content: { type: 'text', text: 'How did you like the ending?' } },
    ];
  }
  // #endregion messages

  // #region complete
  @Complete({ prompt: 'plan', argument: 'author' })
  authors(@Arg() typed: string): string[] {
    const names = new Set(books.map(({ author }) => author));
    return [...names].filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()));
  }
  // #endregion complete

  // #region complete-template
  @Resource('author://{author}/{title}')
  work(@Param('author') author: string, @Param('title') title: string): string {
    return `${title}, by ${author}`;
  }

  @Complete({ template: 'author://{author}/{title}', variable: 'title' })
  titles(@Arg() typed: string, @Arg('author') author: string | undefined): string[] {
    return books
      .filter((book) => author === undefined || book.author === author)
      .map(({ title }) => title)
      .filter((title) => title.startsWith(typed));
  }
  // #endregion complete-template
}
