import {
  choices,
  Context,
  Ctx,
  Default,
  Description,
  enumChoices,
  Integer,
  McpServer,
  Server,
  Title,
  Tool,
} from '@reprise/core';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
} from 'class-validator';

// #region dto
class Visit {
  @Title('Full name') @IsString() name!: string;
  @Title('E-mail') @IsEmail() email!: string;
  @Default(1) @IsInt() @Min(1) @Max(6) guests!: number;
  @IsOptional() @IsIn(['morning', 'evening']) when?: 'morning' | 'evening';
  @IsArray() @ArrayMaxSize(2) @IsIn(['tea', 'map', 'guide'], { each: true }) extras!: string[];
  @Description('L- and four digits') @Matches(/^L-\d{4}$/i) card!: string;
}
// #endregion dto

// #region enums
enum Floor {
  Ground = 0,
  First = 1,
}

enum Room {
  Quiet = 'room-q',
  Loud = 'room-l',
}
// #endregion enums

@Server({ name: 'library', version: '1.0.0' })
export class Forms extends McpServer {
  @Tool({ description: 'Plan a visit' })
  async visit(@Ctx() ctx: Context): Promise<string> {
    const visit = await ctx.elicit('When do you come?', Visit, { required: true });
    const { name, guests, extras } = visit.data;
    return `${name}, ${guests} guests, ${extras.join(' and ')}, ${visit.data instanceof Visit}`;
  }

  @Tool({ description: 'Ask one value each' })
  async scalars(@Ctx() ctx: Context): Promise<string> {
    // #region scalars
    const title = await ctx.elicit('Which book?', String, { required: true, title: 'Title' });
    const weeks = await ctx.elicit('For how many weeks?', Integer, { required: true });
    const paid = await ctx.elicit('How much do you pay?', Number, { required: true });
    const large = await ctx.elicit('In large print?', Boolean, { required: true });
    // #endregion scalars
    return [title.data, weeks.data, paid.data, large.data].join(', ');
  }

  @Tool({ description: 'Ask for one of several' })
  async one(@Ctx() ctx: Context): Promise<string> {
    // #region one
    const seat = await ctx.elicit('Where do you sit?', ['window', 'stairs'], { required: true });
    const speed = await ctx.elicit('How soon?', { slow: 'Within a week', fast: 'Today' }, { required: true });
    const floor = await ctx.elicit('Which floor?', Floor, { required: true });
    const room = await ctx.elicit('Which room?', enumChoices(Room), { required: true });
    // #endregion one
    return `${seat.data}, ${speed.data}, ${floor.data === Floor.First}, ${room.data === Room.Loud}`;
  }

  @Tool({ description: 'Ask for some of several' })
  async several(@Ctx() ctx: Context): Promise<string> {
    // #region several
    const days = await ctx.elicit('Which days?', [['Tuesday', 'Friday']], { required: true });
    const snacks = choices('tea', 'cake', 'soup').many({ min: 1, max: 2 });
    const menu = await ctx.elicit('What do you eat?', snacks, { required: true });
    const rooms = await ctx.elicit('Which rooms?', enumChoices(Room).many(), { required: true });
    // #endregion several
    return [days.data, menu.data, rooms.data].map((each) => each.join('+')).join(', ');
  }
}
