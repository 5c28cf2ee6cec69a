import type { LogLevel } from '../logging/index.js';
import { type Ask, handled, type StepInfo } from '../replay/index.js';
import type { FormType } from '../schema/index.js';
import { type Capability, requireCapability } from './capability-error.js';
import type { Context } from './context.js';
import type { ContextParts } from './context-parts.js';
import { confirmAsk, elicitAsk, requireAccepted, urlAsk } from './elicit.js';
import type { AskOptions, ConfirmOptions, ElicitOptions } from './elicit-types.js';
import { RequestFacts } from './request/request-facts.js';
import { rootsAsk } from './roots.js';
import { sample, type SampleInput, type SampleOptions, settingOf } from './sampling/index.js';

/** The Context of one handler: hands each member to its capability, and knows nothing itself. */
export class RequestContext extends RequestFacts {
  // the overloads of Context are for callers; one body serves them
  override elicit = ((message: string, type: FormType, options: ElicitOptions = {}) =>
    handled(this.askForm(message, type, options))) as Context['elicit'];

  override elicitUrl(message: string, url: string, options: AskOptions = {}) {
    return this.ask('elicitation.url', urlAsk(message, url, options));
  }

  override confirm(message: string, options: ConfirmOptions = {}) {
    return this.ask('elicitation.form', confirmAsk(message, options));
  }

  override sample = ((input: SampleInput, options: SampleOptions = {}) =>
    this.calling('sample', (parts) =>
      handled(sample(input, options, settingOf(parts))),
    )) as Context['sample'];

  override listRoots() {
    return this.ask('roots', rootsAsk);
  }

  override step<T>(name: string, run: (info: StepInfo) => T | Promise<T>) {
    return this.calling('step', ({ conversation }) => conversation.step(name, run));
  }

  override async log(level: LogLevel, data: unknown, { logger }: { logger?: string } = {}) {
    if (this.parts.conversation.muted) return;
    const { where, exchange, surroundings, scope } = this.parts;
    scope.watch.logged(level, logger);
    surroundings.log.log('debug', 'client log', { clientLevel: level, data, logger, where });
    if (!this.hasEnded) await exchange.log(level, data, logger);
  }

  override debug = this.at('debug');
  override info = this.at('info');
  override notice = this.at('notice');
  override warning = this.at('warning');
  override error = this.at('error');
  override critical = this.at('critical');
  override alert = this.at('alert');
  override emergency = this.at('emergency');

  override async reportProgress(progress: number, total?: number, message?: string) {
    const { nested, scope, conversation } = this.parts;
    // the client asked for progress of the outer call; a nested one would mix its own numbers in
    if (this.hasEnded || nested) return;
    const tick = {
      progress,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message }),
    };
    await scope.progress.report(tick, conversation.muted);
  }

  override callTool: Context['callTool'] = (...args) =>
    this.calling('callTool', ({ calls }) => calls.callTool(...args));
  override readResource: Context['readResource'] = (uri) =>
    this.calling('readResource', ({ calls }) => calls.readResource(uri));
  override getPrompt: Context['getPrompt'] = (...args) =>
    this.calling('getPrompt', ({ calls }) => calls.getPrompt(...args));
  override listTools = () => this.calling('listTools', ({ calls }) => calls.listTools());
  override listResources = () => this.calling('listResources', ({ calls }) => calls.listResources());
  override listResourceTemplates = () =>
    this.calling('listResourceTemplates', ({ calls }) => calls.listResourceTemplates());
  override listPrompts = () => this.calling('listPrompts', ({ calls }) => calls.listPrompts());

  private async askForm(message: string, type: FormType, options: ElicitOptions) {
    const answer = await this.ask('elicitation.form', elicitAsk(message, type, options, this.parts.where));
    return options.required ? requireAccepted(message, answer) : answer;
  }

  /** Capability first: a question the client cannot take is refused before anything is sent. */
  private ask<T>(capability: Capability, ask: Ask<T>): Promise<T> {
    return handled(
      Promise.resolve().then(() => {
        const { conversation } = this.live(ask.kind);
        requireCapability(this.client.capabilities, capability);
        return conversation.ask(ask);
      }),
    );
  }

  private calling<T>(member: string, call: (parts: ContextParts) => Promise<T>): Promise<T> {
    return this.hasEnded ? handled(Promise.resolve().then(() => call(this.live(member)))) : call(this.parts);
  }

  private at(level: LogLevel) {
    return (data: unknown, options?: { logger?: string }) => this.log(level, data, options);
  }
}
