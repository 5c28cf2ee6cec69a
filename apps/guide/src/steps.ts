import { Context, Ctx, McpServer, Server, StepError, Tool } from '@reprise/core';

/** What the outside world saw: the tests of this page count it. */
export const effects: string[] = [];

@Server({ name: 'library', version: '1.0.0' })
export class Steps extends McpServer {
  // #region replay
  @Tool({ description: 'Order a book from another library' })
  async order(@Ctx() ctx: Context): Promise<string> {
    const title = await ctx.elicit('Which book?', String, { required: true });

    const offer = await ctx.step('offer', ({ idempotencyKey }) =>
      otherLibrary.offer(title.data, idempotencyKey),
    );

    const sure = await ctx.confirm(`${offer.price} € for ${title.data}. Order it?`);
    if (!sure) return 'Nothing ordered.';

    return ctx.step('order', ({ idempotencyKey }) => otherLibrary.order(offer.id, idempotencyKey));
  }
  // #endregion replay

  // #region wrong
  @Tool({ description: 'Wrong: the question is another one each time' })
  async wrong(@Ctx() ctx: Context): Promise<string> {
    const price = 10 + Math.random();
    const sure = await ctx.confirm(`It costs ${price} €. Order it?`);
    return sure ? `Ordered for ${price} €.` : 'Nothing ordered.';
  }
  // #endregion wrong

  // #region right
  @Tool({ description: 'Right: the price is looked up once' })
  async right(@Ctx() ctx: Context): Promise<string> {
    const price = await ctx.step('price', () => 10 + Math.random());
    const sure = await ctx.confirm(`It costs ${price} €. Order it?`);
    return sure ? `Ordered for ${price} €.` : 'Nothing ordered.';
  }
  // #endregion right

  // #region json
  @Tool({ description: 'When a book comes back' })
  async due(@Ctx() ctx: Context): Promise<string> {
    const due = await ctx.step('due', () => ({ at: new Date(0) }));
    const at: string = due.at; // JSON has no dates, so the type says string, too
    return at;
  }
  // #endregion json

  @Tool({ description: 'Wrong: both steps have one name' })
  async confused(@Ctx() ctx: Context): Promise<string> {
    const posted = await Promise.all([1, 2].map((id) => ctx.step('post', () => `posted ${id}`)));
    return posted.join(', ');
  }

  // #region names
  @Tool({ description: 'Post letters side by side' })
  async letters(@Ctx() ctx: Context): Promise<string> {
    const posted = await Promise.all([1, 2].map((id) => ctx.step(`post ${id}`, () => `posted ${id}`)));
    return posted.join(', ');
  }
  // #endregion names

  // #region failure
  @Tool({ description: 'Reserve, and say so if it does not work' })
  async reserve(@Ctx() ctx: Context): Promise<string> {
    try {
      await ctx.step('reserve', () => otherLibrary.reserve());
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      const wait = await ctx.confirm(`${error.message} Join the queue?`);
      return wait ? 'You are in the queue.' : 'Nothing reserved.';
    }
    return 'Reserved.';
  }
  // #endregion failure

  // #region cleanup
  @Tool({ description: 'Read a manuscript under supervision' })
  async manuscript(@Ctx() ctx: Context): Promise<string> {
    const lamp = readingRoom.switchOn();
    try {
      return (await ctx.confirm('Are your hands clean?')) ? 'Here it is.' : 'Please wash them.';
    } finally {
      lamp.switchOff();
    }
  }
  // #endregion cleanup

  // #region key
  @Tool({ description: 'Seats for two readers' })
  async seats(@Ctx() ctx: Context): Promise<string> {
    const [first, second] = await Promise.all([
      ctx.elicit('Which seat?', ['window', 'aisle'], { required: true, key: 'first-reader' }),
      ctx.elicit('Which seat?', ['window', 'aisle'], { required: true, key: 'second-reader' }),
    ]);
    return `${first.data} and ${second.data}`;
  }
  // #endregion key
}

const otherLibrary = {
  offer(title: string, idempotencyKey: string) {
    effects.push(`offer ${title}`);
    return { id: idempotencyKey, price: 3 };
  },
  order(_offer: string, _idempotencyKey: string) {
    effects.push('order');
    return 'Ordered. It comes on Friday.';
  },
  reserve(): void {
    effects.push('reserve');
    throw new TypeError('All copies are lent.');
  },
};

const readingRoom = {
  switchOn() {
    effects.push('lamp on');
    return { switchOff: () => effects.push('lamp off') };
  },
};
