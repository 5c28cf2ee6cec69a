import {
  Arg,
  Args,
  CapabilityError,
  Complete,
  Context,
  Ctx,
  Description,
  McpServer,
  Prompt,
  Server,
  Tool,
  ToolError,
} from '@reprise/core';
import { IsOptional, IsString, Matches } from 'class-validator';
import { Airline } from './airline.js';
import { citiesThatBeginWith, cityNames, cityOf } from './cities.js';
import { CityGuides } from './city-guides.js';
import { Traveller, TripRequest } from './trip.js';

const airline = new Airline(process.env['TRIP_DESK_LEDGER']);

class WeekendArgs {
  @Description('Where to') @IsString() city!: string;
  @Description('What the weekend is for, in a few words')
  @IsOptional()
  @Matches(/^[a-z ]{1,40}$/i)
  mood?: string;
}

// #region server
@Server({
  name: 'trip-desk',
  version: '1.0.0',
  title: 'Trip desk',
  instructions: 'Books trips. Ask for the destination and the nights; the desk asks the user for the rest.',
  components: [CityGuides],
  discover: [new URL('./tools/', import.meta.url)],
})
export class TripDesk extends McpServer {
  // #endregion server
  // #region book
  @Tool({ description: 'Book a trip', annotations: { destructiveHint: false } })
  async book(@Args() trip: TripRequest, @Ctx() ctx: Context): Promise<string> {
    if (!cityOf(trip.destination)) throw new ToolError(`We fly to ${cityNames.join(', ')} only.`);

    const who = await ctx.elicit('Who travels?', Traveller);
    if (who.action !== 'accept') return 'Nothing booked.';

    const hold = await ctx.step('hold', ({ idempotencyKey }) => airline.hold(trip, who.data, idempotencyKey));
    const sure = await ctx.confirm(`${hold.price} € for ${trip.nights} nights. Book it?`);
    if (!sure) {
      await ctx.step('release', ({ idempotencyKey }) => airline.release(hold.id, idempotencyKey));
      return 'Nothing booked.';
    }

    const ticket = await ctx.step('book', ({ idempotencyKey }) => airline.book(hold.id, idempotencyKey));
    return `Booked: ticket ${ticket}, ${trip.nights} nights in ${trip.destination} for ${who.data.name}.`;
  }
  // #endregion book

  // #region parallel
  @Tool({ description: 'Choose the seat and the meal of a booked trip' })
  async comfort(
    @Arg('ticket', { description: 'The number of the ticket' }) ticket: string,
    @Ctx() ctx: Context,
  ): Promise<string> {
    const [seat, meal] = await Promise.all([
      ctx.elicit('Where do you like to sit?', ['window', 'aisle']),
      ctx.elicit('What do you eat?', ['vegetarian', 'fish', 'nothing']),
    ]);
    if (seat.action !== 'accept' || meal.action !== 'accept') return 'Nothing changed.';
    return `Ticket ${ticket}: ${seat.data} seat, ${meal.data} to eat.`;
  }
  // #endregion parallel

  // #region sample
  @Tool({ description: 'What to pack for a trip', annotations: { readOnlyHint: true } })
  async pack(@Args() trip: TripRequest, @Ctx() ctx: Context): Promise<string> {
    await ctx.reportProgress(1, 2, 'Looking at the weather');
    const weather = await ctx.callTool('weather', { city: trip.destination });
    if (weather.isError) throw new ToolError(`We fly to ${cityNames.join(', ')} only.`);

    await ctx.reportProgress(2, 2, 'Writing the list');
    const facts = JSON.stringify(weather.structuredContent);
    try {
      const { text } = await ctx.sample(`What to pack for ${trip.nights} nights? The weather: ${facts}`);
      return text;
    } catch (error) {
      if (error instanceof CapabilityError) return 'Pack for every weather.'; // a client without a model
      throw error;
    }
  }
  // #endregion sample

  // #region prompt
  @Prompt({ description: 'Plan a weekend' })
  weekend(@Args() { city, mood = 'rest' }: WeekendArgs): string {
    return `Plan a weekend in ${city} for ${mood}. Read city://${city}/guide, then offer to book it.`;
  }

  @Complete({ prompt: 'weekend', argument: 'city' })
  weekendCities(@Arg() typed: string): string[] {
    return citiesThatBeginWith(typed);
  }
  // #endregion prompt
}
