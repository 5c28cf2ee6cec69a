import { Context, Ctx, Prompt, Tool } from '@reprise/core';
import { IsBoolean, IsString } from 'class-validator';

class Name {
  @IsString() name!: string;
}

class Color {
  @IsString() color!: string;
}

class Consent {
  @IsBoolean() ok!: boolean;
}

class Background {
  @IsString() context!: string;
}

/** The rounds of 2026-07-28. Nothing here speaks of rounds: each handler awaits what it asks. */
export class RoundTools {
  @Tool({ description: 'Asks the user for a name' })
  async test_input_required_result_elicitation(@Ctx() ctx: Context): Promise<string> {
    const options = { key: 'user_name', required: true, inAdvance: true } as const;
    const { data } = await ctx.elicit('What is your name?', Name, options);
    return `Hello, ${data.name}!`;
  }

  @Tool({ description: "Asks the client's model for a capital" })
  async test_input_required_result_sampling(@Ctx() ctx: Context): Promise<string> {
    const question = 'What is the capital of France?';
    return (await ctx.sample(question, { key: 'capital_question', maxTokens: 100 })).text;
  }

  @Tool({ description: 'Asks where the client works' })
  async test_input_required_result_list_roots(@Ctx() ctx: Context): Promise<string> {
    const roots = await ctx.listRoots();
    return `${roots.length} roots: ${roots.map(({ uri }) => uri).join(', ')}`;
  }

  @Tool({ description: 'Remembers the call while the user is asked' })
  async test_input_required_result_request_state(@Ctx() ctx: Context): Promise<string> {
    await ctx.elicit('Please confirm', Consent, { key: 'confirm', required: true });
    return 'state-ok';
  }

  @Tool({ description: 'Refuses to go on when its state was changed' })
  async test_input_required_result_tampered_state(@Ctx() ctx: Context): Promise<string> {
    await ctx.elicit('Please confirm', Consent, { key: 'confirm', required: true });
    return 'The state is as it was.';
  }

  @Tool({ description: 'Asks the user, the model and the client at once' })
  async test_input_required_result_multiple_inputs(@Ctx() ctx: Context): Promise<string> {
    const [name, greeting, roots] = await Promise.all([
      ctx.elicit('What is your name?', Name, { key: 'user_name', required: true }),
      ctx.sample('Generate a greeting', { key: 'greeting', maxTokens: 50 }),
      ctx.listRoots(),
    ]);
    return `${greeting.text} ${name.data.name}, with ${roots.length} roots.`;
  }

  @Tool({ description: 'Asks the user twice, one after the other' })
  async test_input_required_result_multi_round(@Ctx() ctx: Context): Promise<string> {
    const first = await ctx.elicit('Step 1: What is your name?', Name, { key: 'step1', required: true });
    const second = await ctx.elicit('Step 2: What is your favorite color?', Color, {
      key: 'step2',
      required: true,
    });
    return `${first.data.name} likes ${second.data.color}.`;
  }

  @Tool({ description: 'Asks the user or the model, as the client can' })
  async test_input_required_result_capabilities(@Ctx() ctx: Context): Promise<string> {
    if (!ctx.client.supports('elicitation.form')) return (await ctx.sample('What is your name?')).text;
    const answer = await ctx.elicit('What is your name?', Name);
    return answer.action === 'accept' ? answer.data.name : 'No name.';
  }

  @Prompt({ description: 'Asks the user for what the prompt is about' })
  async test_input_required_result_prompt(@Ctx() ctx: Context): Promise<string> {
    const { data } = await ctx.elicit('What context should the prompt use?', Background, {
      key: 'user_context',
      required: true,
    });
    return `Use this context: ${data.context}`;
  }
}
