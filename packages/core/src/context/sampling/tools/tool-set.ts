import type { SamplingMessage, Tool, ToolUseContent } from '@modelcontextprotocol/server';
import { isError, ProtocolError, RepriseError, ToolError } from '../../../errors/index.js';
import type { Logger } from '../../../logging/index.js';
import type { Conversation, StepInfo } from '../../../replay/index.js';
import { emptySchema } from '../../../schema/index.js';
import { compiled } from '../compiled.js';
import { inParallel } from './in-parallel.js';
import type { OwnTools } from './own-tools.js';
import type { SampleTool } from './sample-tool.js';
import { type Answered, answeredBy, refusal } from './tool-answer.js';

interface Runnable {
  definition: Tool;
  /** `name` is the name of this run in the journal. */
  run(name: string, input: Record<string, unknown>, conversation: Conversation): Promise<Answered>;
}

export interface ToolSetting {
  readonly own: OwnTools;
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly where: string;
}

/** The tools of one `ctx.sample`: what the model is told of them, and how its calls are answered. */
export class ToolSet {
  private readonly tools: ReadonlyMap<string, Runnable>;

  /** Throws INVALID_OPTION. */
  constructor(
    tools: readonly (string | SampleTool)[],
    private readonly setting: ToolSetting,
  ) {
    const runnables = tools.flatMap((tool) =>
      typeof tool === 'string' ? this.own(tool) : this.handmade(tool),
    );
    this.tools = new Map(runnables.map((runnable) => [runnable.definition.name, runnable]));
    if (this.tools.size < runnables.length)
      throw new RepriseError('INVALID_OPTION', 'Two tools of a ctx.sample have the same name.', {
        where: setting.where,
        fix: 'Give each a name of its own.',
      });
  }

  get definitions(): readonly Tool[] {
    return [...this.tools.values()].map(({ definition }) => definition);
  }

  /** Answers all calls of one turn. Each runs once, however often the handler is played again. */
  async answer(
    uses: readonly ToolUseContent[],
    turn: number,
    concurrency: number,
    conversation: Conversation,
  ): Promise<SamplingMessage> {
    const content = await inParallel(uses, concurrency, async ({ name, id, input }, index) => {
      const tool = this.tools.get(name);
      const answered = tool
        ? await tool.run(`tool ${turn}.${index}`, input, conversation)
        : refusal(`Unknown tool: ${name}. There are: ${[...this.tools.keys()].join(', ')}.`);
      return { type: 'tool_result' as const, toolUseId: id, ...answered };
    });
    return { role: 'user', content };
  }

  /** None where the caller may not call it: the model acts for nobody else. It may ask the client, so it is a call of its own and not a step. */
  private own(name: string): Runnable | [] {
    const offered = this.setting.own.definition(name);
    if (offered === undefined) return [];
    const { description, inputSchema } = offered;
    return {
      definition: { name, ...(description !== undefined && { description }), inputSchema },
      run: (runName, input, conversation) =>
        conversation.once(runName, async (inner) => {
          try {
            return answeredBy(await this.setting.own.call(name, input, inner));
          } catch (thrown) {
            if (thrown instanceof ProtocolError) return refusal(thrown.message);
            throw thrown;
          }
        }),
    };
  }

  private handmade(tool: SampleTool): Runnable {
    const { name, description, input } = tool;
    const schema = input ? compiled(input, `${this.setting.where}, tool ${name}`) : emptySchema;
    return {
      definition: {
        name,
        ...(description !== undefined && { description }),
        inputSchema: { ...schema.jsonSchema, type: 'object' },
      },
      run: (runName, given, conversation) =>
        conversation.step(runName, async (info) => {
          const parsed = await schema.parse(given);
          if (parsed.ok) return this.run(tool, parsed.value, info);
          const lines = parsed.problems.map(
            ({ path, message }) => `\n- ${path ? `${path}: ` : ''}${message}`,
          );
          return refusal(`Invalid arguments for ${name}:${lines.join('')}`);
        }),
    };
  }

  private async run(tool: SampleTool, args: unknown, { idempotencyKey }: StepInfo): Promise<Answered> {
    const { signal, log, where } = this.setting;
    try {
      return answeredBy(await tool.run(args, { signal, idempotencyKey }));
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      if (thrown instanceof ToolError || thrown instanceof ProtocolError) return refusal(thrown.message);
      log.log('error', `The tool "${tool.name}" of a ctx.sample failed`, {
        where,
        error: isError(thrown) ? (thrown.stack ?? thrown.message) : String(thrown),
      });
      return refusal(`The tool ${tool.name} failed.`);
    }
  }
}
