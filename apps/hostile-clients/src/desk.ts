import {
  Arg,
  Args,
  Complete,
  Context,
  Ctx,
  McpHeader,
  McpServer,
  Param,
  Prompt,
  Resource,
  Server,
  Tool,
} from '@reprise/core';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

class Item {
  @IsString() name!: string;
  @IsOptional() @ValidateNested() @Type(() => Item) inside?: Item;
}

class Parcel {
  @IsString() to!: string;
  @IsInt() @Min(1) @Max(9) weight!: number;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => Item) items?: Item[];
  @IsOptional() @IsObject() labels?: Record<string, unknown>;
}

class Route {
  @McpHeader('Region') @IsString() region!: string;
  @McpHeader('Floor') @IsOptional() @IsInt() floor?: number;
  @McpHeader('Express') @IsOptional() @IsBoolean() express?: boolean;
}

class Letter {
  @IsString() to!: string;
  @IsOptional() @IsString() tone?: string;
}

/** One of everything a client can reach, with arguments of every shape. */
@Server({ name: 'hostile-clients', version: '1.0.0' })
export class Desk extends McpServer {
  @Tool({ description: 'Says it back' })
  echo(@Arg('text') text: string): string {
    return text;
  }

  @Tool({ description: 'Weighs a parcel' })
  weigh(@Args() parcel: Parcel): Parcel {
    return parcel;
  }

  @Tool({ description: 'Says where to' })
  route(@Args() { region, floor, express }: Route): string {
    return [region, floor, express].join(' ');
  }

  @Tool({ description: 'Asks who is there' })
  async greet(@Ctx() ctx: Context): Promise<string> {
    const who = await ctx.elicit('Who is there?', Letter);
    return who.action === 'accept' ? `Hello, ${who.data.to}` : 'Hello';
  }

  @Resource('desk://rules') rules(): string {
    return 'Be kind.';
  }

  @Resource('desk://{drawer}/{+path}')
  drawer(@Param('drawer') drawer: string, @Param('path') path: string): string {
    return `${drawer} holds ${path}`;
  }

  @Prompt({ description: 'A letter' })
  letter(@Args() { to, tone = 'kind' }: Letter): string {
    return `Write a ${tone} letter to ${to}.`;
  }

  @Complete({ prompt: 'letter', argument: 'tone' })
  tones(@Arg() typed: string): string[] {
    return ['kind', 'stern'].filter((tone) => tone.startsWith(typed));
  }
}
