import { setTimeout as delay } from 'node:timers/promises';
import { audio, Context, Ctx, embed, text, Tool, ToolError } from '@reprise/core';
import { attachment, picture, silence } from '../sample-data.js';

/** Milliseconds between two things that a client is told. */
const apart = 50;

/** Each kind of content, and what is told while a call runs. The referee calls the first tool of all with `{}`. */
export class ContentTools {
  @Tool({ description: 'A text' })
  test_simple_text(): string {
    return 'This is a simple text response for testing.';
  }

  @Tool({ description: 'An image' })
  test_image_content() {
    return picture();
  }

  @Tool({ description: 'A sound' })
  test_audio_content() {
    return audio(silence, 'audio/wav');
  }

  @Tool({ description: 'A resource inside of the answer' })
  test_embedded_resource() {
    return attachment('test://embedded-resource', 'This is an embedded resource content.');
  }

  @Tool({ description: 'A text, an image and a resource' })
  test_multiple_content_types() {
    return [
      text('Multiple content types test:'),
      picture(),
      embed('test://mixed-content-resource', '{"test":"data","value":123}', 'application/json'),
    ];
  }

  @Tool({ description: 'Always fails' })
  test_error_handling(): never {
    throw new ToolError('This tool intentionally returns an error for testing');
  }

  @Tool({ description: 'Logs three messages' })
  async test_tool_with_logging(@Ctx() ctx: Context): Promise<string> {
    for (const message of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await ctx.info(message);
      await delay(apart);
    }
    return 'Logged three messages.';
  }

  @Tool({ description: 'Logs one message' })
  async test_logging_tool(@Ctx() ctx: Context): Promise<string> {
    await ctx.info('One message, for those who want it');
    return 'Logged one message.';
  }

  @Tool({ description: 'Reports its progress three times' })
  async test_tool_with_progress(@Ctx() ctx: Context): Promise<string> {
    for (const percent of [0, 50, 100]) {
      await ctx.reportProgress(percent, 100, `${percent} of 100`);
      await delay(apart);
    }
    return 'Done.';
  }
}
