import { Arg, Args, Complete, Prompt, text } from '@reprise/core';
import { IsString } from 'class-validator';
import { attachment, picture } from './sample-data.js';

class TwoArguments {
  @IsString() arg1!: string;
  @IsString() arg2!: string;
}

class Attached {
  @IsString() resourceUri!: string;
}

/** Each kind of prompt. */
export class Prompts {
  @Prompt({ description: 'Without arguments' })
  test_simple_prompt(): string {
    return 'This is a simple prompt for testing.';
  }

  @Prompt({ description: 'With two arguments' })
  test_prompt_with_arguments(@Args() { arg1, arg2 }: TwoArguments): string {
    return `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`;
  }

  @Complete({ prompt: 'test_prompt_with_arguments', argument: 'arg1' })
  arg1(@Arg() typed: string): string[] {
    return ['test', 'testing', 'party', 'park'].filter((value) => value.startsWith(typed));
  }

  @Prompt({ description: 'With a resource' })
  test_prompt_with_embedded_resource(@Args() { resourceUri }: Attached) {
    return [
      attachment(resourceUri, 'Embedded resource content for testing.'),
      text('Please process the embedded resource above.'),
    ];
  }

  @Prompt({ description: 'With an image' })
  test_prompt_with_image() {
    return [picture(), text('Please analyze the image above.')];
  }
}
