import { Args, Context, Ctx, Default, Tool } from '@reprise/core';
import { IsBoolean, IsEmail, IsIn, IsInt, IsNumber, IsString } from 'class-validator';
import { Type } from 'typebox';

class SamplingArguments {
  @IsString() prompt!: string;
}

class ElicitationArguments {
  @IsString() message!: string;
}

class Account {
  @IsString() username!: string;
  @IsEmail() email!: string;
}

class Presets {
  @IsString() @Default('John Doe') name!: string;
  @IsInt() @Default(30) age!: number;
  @IsNumber() @Default(95.5) score!: number;
  @IsIn(['active', 'inactive', 'pending']) @Default('active') status!: string;
  @IsBoolean() @Default(true) verified!: boolean;
}

const titled = (ending: string) =>
  Type.Union([
    Type.Literal('value1', { title: `First ${ending}` }),
    Type.Literal('value2', { title: `Second ${ending}` }),
    Type.Literal('value3', { title: `Third ${ending}` }),
  ]);
const untitled = Type.Enum(['option1', 'option2', 'option3']);

const Choices = Type.Object({
  untitledSingle: untitled,
  titledSingle: titled('Option'),
  legacyEnum: Type.Enum(['opt1', 'opt2', 'opt3'], {
    type: 'string',
    enumNames: ['Option One', 'Option Two', 'Option Three'],
  }),
  untitledMulti: Type.Array(untitled),
  titledMulti: Type.Array(titled('Choice')),
});

/** Questions to the client's user and model. */
export class AskingTools {
  @Tool({ description: "Asks the client's model" })
  async test_sampling(@Args() { prompt }: SamplingArguments, @Ctx() ctx: Context): Promise<string> {
    const { text } = await ctx.sample(prompt, { maxTokens: 100 });
    return `LLM response: ${text}`;
  }

  @Tool({ description: 'Asks the user for two texts' })
  async test_elicitation(@Args() { message }: ElicitationArguments, @Ctx() ctx: Context): Promise<string> {
    return inWords(await ctx.elicit(message, Account));
  }

  @Tool({ description: 'Asks the user with a form that is filled in already' })
  async test_elicitation_sep1034_defaults(@Ctx() ctx: Context): Promise<string> {
    return inWords(await ctx.elicit('Are these right?', Presets));
  }

  @Tool({ description: 'Asks the user to choose, in each way there is' })
  async test_elicitation_sep1330_enums(@Ctx() ctx: Context): Promise<string> {
    return inWords(await ctx.elicit<typeof Choices>('Please choose', Choices));
  }

  @Tool({ description: 'Needs a client with a model' })
  async test_missing_capability(@Ctx() ctx: Context): Promise<string> {
    return (await ctx.sample('Are you there?')).text;
  }

  @Tool({ description: 'Asks the user while its answer is a stream' })
  async test_streaming_elicitation(@Ctx() ctx: Context): Promise<string> {
    await ctx.reportProgress(1, 2, 'About to ask');
    return inWords(await ctx.elicit('What is your name?', String));
  }
}

function inWords(answer: { action: string; data?: object | string }): string {
  return `Elicitation completed: action=${answer.action}, content=${JSON.stringify(answer.data ?? {})}`;
}
