import type { LogLevel } from '../logging/index.js';
import { type Ask, type Conversation, handled, type StepInfo } from '../replay/index.js';
import type { FormType } from '../schema/index.js';
import { type Capability, requireCapability } from './capability-error.js';
import { Context } from './context.js';
import { confirmAsk, elicitAsk, requireAccepted, urlAsk } from './elicit.js';
import type { AskOptions, ConfirmOptions, ElicitOptions } from './elicit-types.js';
import type { Exchange } from './exchange.js';
import { Progress } from './progress.js';
import { rootsAsk } from './roots.js';
import { sampleAsk } from './sample.js';
import type { SampleInput, SampleOptions } from './sample-types.js';
import type { Surroundings } from './surroundings.js';

/** Calls other components of the same server, below this request. */
export type NestedCalls = Pick<Context, 'callTool' | 'readResource' | 'getPrompt'>;

export interface ContextParts {
  /** `Class.method`, for errors. */
  where: string;
  exchange: Exchange;
  conversation: Conversation;
  surroundings: Surroundings;
  calls: NestedCalls;
}

/** The Context of one handler: hands each member to its capability, and knows nothing itself. */
export class RequestContext extends Context {
  override readonly requestId;
  override readonly sessionId;
  override readonly era;
  override readonly transport;
  override readonly signal;
  override readonly client;
  override readonly http;
  override readonly callTool: Context['callTool'];
  override readonly readResource: Context['readResource'];
  override readonly getPrompt: Context['getPrompt'];
  private readonly progress: Progress;

  constructor(private readonly parts: ContextParts) {
    super();
    const { exchange, conversation, calls } = parts;
    this.requestId = exchange.requestId;
    this.sessionId = exchange.sessionId;
    this.era = exchange.era;
    this.transport = exchange.transport;
    this.signal = exchange.signal;
    this.client = exchange.client;
    this.http = exchange.http;
    this.callTool = calls.callTool;
    this.readResource = calls.readResource;
    this.getPrompt = calls.getPrompt;
    this.progress = new Progress(exchange, conversation);
  }

  // the overloads of Context are for callers; one body serves them
  override elicit = ((message: string, type: FormType, options: ElicitOptions = {}) =>
    handled(this.askForm(message, type, options))) as Context['elicit'];

  override elicitUrl(message: string, url: string, options: AskOptions = {}) {
    return this.ask('elicitation.url', urlAsk(message, url, options));
  }

  override confirm(message: string, options: ConfirmOptions = {}) {
    return this.ask('elicitation.form', confirmAsk(message, options));
  }

  override sample(input: SampleInput, options: SampleOptions = {}) {
    return this.ask('sampling', sampleAsk(input, options));
  }

  override listRoots() {
    return this.ask('roots', rootsAsk);
  }

  override step<T>(name: string, run: (info: StepInfo) => T | Promise<T>) {
    return this.parts.conversation.step(name, run);
  }

  override async log(level: LogLevel, data: unknown, { logger }: { logger?: string } = {}) {
    if (this.parts.conversation.muted) return;
    const { where, exchange, surroundings } = this.parts;
    const { requestId, sessionId } = this;
    surroundings.log.log('debug', 'client log', { level, data, logger, where, requestId, sessionId });
    await exchange.log(level, data, logger);
  }

  override debug = this.at('debug');
  override info = this.at('info');
  override notice = this.at('notice');
  override warning = this.at('warning');
  override error = this.at('error');
  override critical = this.at('critical');
  override alert = this.at('alert');
  override emergency = this.at('emergency');

  override reportProgress(progress: number, total?: number, message?: string) {
    return this.progress.report(progress, total, message);
  }

  private async askForm(message: string, type: FormType, options: ElicitOptions) {
    const answer = await this.ask('elicitation.form', elicitAsk(message, type, options, this.parts.where));
    return options.required ? requireAccepted(message, answer) : answer;
  }

  /** Capability first: a question the client cannot take is refused before anything is sent. */
  private ask<T>(capability: Capability, ask: Ask<T>): Promise<T> {
    return handled(
      Promise.resolve().then(() => {
        requireCapability(this.client.capabilities, capability);
        return this.parts.conversation.ask(ask);
      }),
    );
  }

  private at(level: LogLevel) {
    return (data: unknown, options?: { logger?: string }) => this.log(level, data, options);
  }
}
