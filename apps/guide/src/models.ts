import {
  Arg,
  Context,
  Ctx,
  Description,
  McpServer,
  type McpServerOptions,
  type SamplingHandler,
  sampleTool,
  Server,
  Tool,
  ToolError,
} from '@reprise/core';
import { IsIn, IsInt, IsString, Max, Min } from 'class-validator';
import { bookOf, books } from './catalogue.js';

// #region result-dto
class Review {
  @Description('One sentence') @IsString() verdict!: string;
  @IsInt() @Min(1) @Max(5) stars!: number;
  @IsIn(['children', 'adults', 'everybody']) readers!: string;
}
// #endregion result-dto

class Isbn {
  @IsString() isbn!: string;
}

// #region tool
const pagesOf = sampleTool({
  name: 'pagesOf',
  description: 'How many pages a book has',
  input: Isbn,
  run: ({ isbn }) => {
    const book = bookOf(isbn);
    if (!book) throw new ToolError(`There is no book ${isbn}.`);
    return book.pages;
  },
});
// #endregion tool

@Server({ name: 'library', version: '1.0.0' })
export class Models extends McpServer {
  // #region result
  @Tool({ description: 'What to think of a book' })
  async review(@Arg('title') title: string, @Ctx() ctx: Context): Promise<string> {
    const { result } = await ctx.sample(`Review "${title}".`, { result: Review });
    return `${'*'.repeat(result.stars)} ${result.verdict} For ${result.readers}.`;
  }
  // #endregion result

  // #region tools
  @Tool({ description: 'Which books fit into a weekend' })
  async weekend(@Ctx() ctx: Context): Promise<string> {
    const isbns = books.map(({ isbn }) => isbn).join(', ');
    const { text } = await ctx.sample(`Which of these can one read in a weekend: ${isbns}?`, {
      tools: [pagesOf, 'shelf'],
      maxSteps: 3,
    });
    return text;
  }

  @Tool({ description: 'On which shelf a book stands' })
  shelf(@Arg('isbn') isbn: string): string {
    return `Shelf ${isbn.slice(-1)}`;
  }
  // #endregion tools
}

/** What a service that speaks the chat format answers. */
interface ChatAnswer {
  model: string;
  choices: { message: { content: string }; finish_reason: string }[];
}

// #region handler
export function chatModel(url: string, key: string): SamplingHandler {
  return async ({ model = 'small', system, messages, maxTokens, temperature }, { signal }) => {
    const said = messages.map(({ role, text }) => ({ role, content: text }));
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({
        model,
        messages: system ? [{ role: 'system', content: system }, ...said] : said,
        max_tokens: maxTokens,
        temperature,
      }),
      signal,
    });
    if (!response.ok) throw new Error(`The model answered ${response.status}.`);
    const answer = (await response.json()) as ChatAnswer;
    return { text: answer.choices[0]?.message.content ?? '', model: answer.model };
  };
}
// #endregion handler

// #region plug
export function withModel(url: string, key: string): McpServerOptions {
  return { sampling: { handler: chatModel(url, key), when: 'fallback' } };
}
// #endregion plug
