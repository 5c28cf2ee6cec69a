import { setTimeout as delay } from 'node:timers/promises';
import { Context, Ctx, Tool } from '@reprise/core';

/** Milliseconds that a client has to come back in before the answer is there. */
const away = 100;

/** What happens to the streams themselves, and what is told outside of a call's own answer. */
export class StreamTools {
  @Tool({ description: 'Says that the list of tools has changed' })
  test_trigger_tool_change(@Ctx() ctx: Context): string {
    ctx.notifyToolsChanged();
    return 'The list of tools has changed.';
  }

  @Tool({ description: 'Says that the list of prompts has changed' })
  test_trigger_prompt_change(@Ctx() ctx: Context): string {
    ctx.notifyPromptsChanged();
    return 'The list of prompts has changed.';
  }

  @Tool({ description: 'Ends the stream of its answer; the client takes it up again where it stopped' })
  async test_reconnection(@Ctx() ctx: Context): Promise<string> {
    ctx.request.sdk.http?.closeSSE?.();
    await delay(away);
    return 'Reconnection test completed successfully.';
  }
}
