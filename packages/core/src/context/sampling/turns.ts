import type { SamplingMessage, ToolUseContent } from '@modelcontextprotocol/server';
import type { Conversation } from '../../replay/index.js';
import { blocksOf } from './message-text.js';
import type { AskModel, ModelAnswer } from './model.js';
import { SamplingError } from './sampling-error.js';
import type { ToolSet } from './tools/tool-set.js';
import type { FixedParams } from './wire-params.js';

/** The tools of a `ctx.sample` and the limits of their use. */
export interface ToolUse {
  readonly tools: ToolSet;
  readonly maxSteps: number;
  readonly concurrency: number;
  readonly steps: () => Conversation;
}

/** The conversation with the model, which grows turn by turn. */
export class Turns {
  private count = 0;
  private toolTurns = 0;

  constructor(
    private readonly ask: AskModel,
    private readonly fixed: FixedParams,
    private readonly history: SamplingMessage[],
    private readonly use: ToolUse | undefined,
  ) {}

  /** The next message of the model that is an answer: until then its calls of tools are answered. */
  async next(): Promise<ModelAnswer> {
    for (;;) {
      const answer = await this.turn();
      const calls = blocksOf(answer.content).filter((block) => block.type === 'tool_use');
      if (!this.use || calls.length === 0) return answer;
      await this.answerCalls(calls, this.use);
    }
  }

  private async turn(): Promise<ModelAnswer> {
    const answer = await this.ask(
      {
        ...this.fixed,
        messages: [...this.history],
        ...(this.use && this.mustAnswer(this.use) && { toolChoice: { mode: 'none' } }),
      },
      this.count++,
    );
    this.history.push({ role: 'assistant', content: answer.content });
    return answer;
  }

  private async answerCalls(calls: readonly ToolUseContent[], use: ToolUse): Promise<void> {
    if (this.mustAnswer(use))
      throw new SamplingError(`The model still called tools after ${use.maxSteps} turns of tool use.`);
    const turn = this.toolTurns++;
    this.history.push(await use.tools.answer(calls, turn, use.concurrency, use.steps()));
  }

  private mustAnswer({ maxSteps }: ToolUse): boolean {
    return this.toolTurns >= maxSteps;
  }
}
