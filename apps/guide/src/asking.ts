import { CapabilityError, Context, Ctx, Integer, McpServer, Server, Title, Tool } from '@reprise/core';
import { IsEmail, IsIn, IsOptional, IsString, Matches } from 'class-validator';

// #region form-dto
class Reader {
  @Title('Full name') @IsString() name!: string;
  @IsEmail() email!: string;
  @IsOptional() @IsIn(['post', 'desk']) pickUp?: 'post' | 'desk';
}
// #endregion form-dto

// #region again-dto
class Card {
  @Title('Card number') @Matches(/^L-\d{4}$/, { message: 'a card number looks like L-1234' }) number!: string;
}
// #endregion again-dto

@Server({ name: 'library', version: '1.0.0' })
export class Asking extends McpServer {
  // #region form
  @Tool({ description: 'Become a member' })
  async join(@Ctx() ctx: Context): Promise<string> {
    const reader = await ctx.elicit('Who are you?', Reader);
    switch (reader.action) {
      case 'accept':
        return `Welcome, ${reader.data.name}. Books come by ${reader.data.pickUp ?? 'desk'}.`;
      case 'decline':
        return 'Maybe another time.';
      case 'cancel':
        return 'You closed the form.';
    }
  }
  // #endregion form

  // #region simple
  @Tool({ description: 'Reserve a room' })
  async room(@Ctx() ctx: Context): Promise<string> {
    const room = await ctx.elicit('Which room?', ['quiet', 'loud'], { required: true });
    const seats = await ctx.elicit('How many seats?', Integer, { required: true, title: 'Seats' });
    return `${seats.data} seats in the ${room.data} room.`;
  }
  // #endregion simple

  // #region parallel
  @Tool({ description: 'Set up the reading lamp' })
  async lamp(@Ctx() ctx: Context): Promise<string> {
    const [colour, warm] = await Promise.all([
      ctx.elicit('Which colour?', ['amber', 'white'], { required: true }),
      ctx.confirm('Warm up the seat, too?'),
    ]);
    return `${colour.data}${warm ? ', warm seat' : ''}`;
  }
  // #endregion parallel

  // #region again
  @Tool({ description: 'Show your card' })
  async card(@Ctx() ctx: Context): Promise<string> {
    const card = await ctx.elicit('Your library card?', Card, { required: true });
    return `Card ${card.data.number} is valid.`;
  }
  // #endregion again

  // #region confirm
  @Tool({ description: 'Give up the membership' })
  async leave(@Ctx() ctx: Context): Promise<string> {
    const sure = await ctx.confirm('Do you really want to leave?');
    return sure ? 'Goodbye.' : 'Glad you stay.';
  }
  // #endregion confirm

  // #region url
  @Tool({ description: 'Pay the fee' })
  async pay(@Ctx() ctx: Context): Promise<string> {
    const order = await ctx.step('order', () => openOrder());
    const { action } = await ctx.elicitUrl('Please pay 12 €.', `https://pay.example/${order}`);
    if (action !== 'accept') return 'Not paid.';
    return (await ctx.step('check', () => isPaid(order))) ? 'Paid.' : 'Not paid yet.';
  }
  // #endregion url

  // #region sample
  @Tool({ description: 'Sum up a book' })
  async sumUp(@Ctx() ctx: Context): Promise<string> {
    try {
      const { text } = await ctx.sample('Sum up "The Lighthouse" in one sentence.', {
        system: 'You are a librarian of few words.',
        maxTokens: 100,
      });
      return text;
    } catch (error) {
      if (error instanceof CapabilityError) return 'A keeper, an island, a storm.';
      throw error;
    }
  }
  // #endregion sample

  // #region roots
  @Tool({ description: 'Where the reader works' })
  async folders(@Ctx() ctx: Context): Promise<string> {
    const roots = await ctx.listRoots();
    return roots.map(({ uri, name }) => name ?? uri).join(', ');
  }
  // #endregion roots
}

function openOrder(): string {
  return `order-${Date.now()}`;
}

function isPaid(order: string): boolean {
  return order.startsWith('order-');
}
