import { type Conversation, digest, maxRefusals } from '../../replay/index.js';
import { defaultTimeouts } from '../default-timeouts.js';
import { textOf, userText } from './message-text.js';
import { chooseModel } from './model.js';
import type { SampleSetting } from './sample-setting.js';
import type { Sampled, SampleInput, SampleOptions } from './sample-types.js';
import { SamplingError } from './sampling-error.js';
import { StructuredResult } from './structured-result.js';
import { ToolSet } from './tools/tool-set.js';
import { Turns } from './turns.js';
import { fixedParams, toMessages } from './wire-params.js';

/** Turns of tool use, and tools of one turn that run at once, unless the call says otherwise. */
const defaults = { maxSteps: 8, concurrency: 4 };

/**
 * `ctx.sample`: asks a model until it gives an answer that can be used. Each turn is one question to the client, or one
 * step that calls the server's own model; each tool runs once. A replay walks through the same turns.
 */
export async function sample(
  input: SampleInput,
  options: SampleOptions,
  setting: SampleSetting,
): Promise<Sampled<unknown>> {
  const wanted = options.result && (await StructuredResult.of(options.result, setting.where));
  const history = toMessages(input);
  const turns = turnsOf(history, options, setting, wanted?.instruction);
  for (let refusals = 0; ; refusals++) {
    const { content, model, stopReason } = await turns.next();
    const text = textOf(content);
    const sampled = { text, content, model, stopReason, history };
    if (!wanted) return { ...sampled, result: undefined };
    const verdict = await wanted.read(text);
    if (verdict.ok) return { ...sampled, result: verdict.value };
    if (refusals === maxRefusals)
      throw new SamplingError(
        `The model gave no valid result in ${maxRefusals + 1} tries; the last: ${verdict.reason}.`,
      );
    history.push(userText(`Your answer cannot be used: ${verdict.reason}. Answer again.`));
  }
}

/** Undefined where there is no tool, also where the caller may call none of those that were named. */
function toolSetOf({ tools = [] }: SampleOptions, setting: SampleSetting): ToolSet | undefined {
  if (tools.length === 0) return undefined;
  const set = new ToolSet(tools, setting);
  return set.definitions.length > 0 ? set : undefined;
}

function turnsOf(
  history: ReturnType<typeof toMessages>,
  options: SampleOptions,
  setting: SampleSetting,
  instruction: string | undefined,
): Turns {
  const tools = toolSetOf(options, setting);
  const fixed = fixedParams(options, instruction, tools?.definitions);
  // what is done once needs names that are this sample's alone; a plain question needs none
  const first = [...history];
  let nested: Conversation | undefined;
  const steps = () => (nested ??= setting.conversation.nested(digest(['sample', options.key, first, fixed])));
  const ask = chooseModel({
    ...setting,
    timeout: options.timeout ?? defaultTimeouts.sampling,
    key: options.key,
    needsTools: tools !== undefined,
    steps,
  });
  const { maxSteps = defaults.maxSteps, concurrency = defaults.concurrency } = options;
  return new Turns(ask, fixed, history, tools && { tools, maxSteps, concurrency, steps });
}
