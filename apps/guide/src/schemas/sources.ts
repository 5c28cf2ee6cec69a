import { Args, Context, Ctx, type Infer, McpServer, Prompt, Server, Tool } from '@reprise/core';
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { Type } from 'typebox';
import * as v from 'valibot';
import * as z from 'zod';

// #region typebox
const Loan = Type.Object({
  isbn: Type.String({ description: 'The number on the back' }),
  weeks: Type.Integer({ minimum: 1, maximum: 8, default: 4 }),
});
// #endregion typebox

// #region zod
const Review = z.object({
  stars: z.number().int().min(1).max(5).describe('5 is best'),
  text: z.string().trim(),
  language: z.enum(['en', 'de', 'fr']).default('en'),
});
// #endregion zod

// #region valibot
const Search = toStandardJsonSchema(
  v.object({ words: v.string(), limit: v.optional(v.pipe(v.number(), v.integer()), 10) }),
);
// #endregion valibot

// #region arktype
const Plan = type({ author: 'string', 'evenings?': 'number.integer > 0' });
// #endregion arktype

// #region form-schema
const Reader = z.object({
  name: z.string().meta({ title: 'Full name' }),
  email: z.email(),
  pickUp: z.enum(['post', 'desk']).default('desk'),
});
// #endregion form-schema

// #region output-schema
const Card = z.object({ title: z.string(), pages: z.number().int() });
// #endregion output-schema

@Server({ name: 'library', version: '1.0.0' })
export class Sources extends McpServer {
  // #region args
  @Tool({ description: 'Lend a book' })
  lend(@Args(Loan) { isbn, weeks }: Infer<typeof Loan>): string {
    return `${isbn} for ${weeks} weeks`;
  }
  // #endregion args

  // #region input
  @Tool({ description: 'Leave a review', input: Review })
  review(@Args() { stars, text, language }: Infer<typeof Review>): string {
    return `${stars} stars (${language}): ${text}`;
  }
  // #endregion input

  @Tool({ description: 'Search the catalogue' })
  search(@Args(Search) { words, limit }: Infer<typeof Search>): string {
    return `${limit} books with ${words}`;
  }

  // #region prompt
  @Prompt({ description: 'Plan what to read' })
  plan(@Args(Plan) { author, evenings = 7 }: Infer<typeof Plan>): string {
    return `Plan ${evenings} evenings with books by ${author}.`;
  }
  // #endregion prompt

  // #region form
  @Tool({ description: 'Become a member' })
  async join(@Ctx() ctx: Context): Promise<string> {
    const reader = await ctx.elicit('Who are you?', Reader, { required: true });
    return `Welcome, ${reader.data.name}. Books come by ${reader.data.pickUp}.`;
  }
  // #endregion form

  // #region output
  @Tool({ description: 'The card of a book', output: Card })
  async card() {
    return { title: 'The Lighthouse', pages: 212, price: 3 };
  }
  // #endregion output
}
