import { setTimeout as delay } from 'node:timers/promises';
import {
  Args,
  CapabilityError,
  Context,
  Ctx,
  McpServer,
  Param,
  Prompt,
  Resource,
  Server,
  type Session,
  Tool,
  ToolError,
} from '@reprise/core';
import { Addressee, CountTo, Labelled, Offer, Order, Pause, Person, ResourceUri, Text } from './arguments.js';
import { Belongings } from './belongings.js';
import { Journal } from './journal.js';

/** Clients lose a notification that they read together with the answer, so the two are kept apart. In milliseconds. */
const apart = 30;

/** One of everything a transport carries. What its handlers do is written to a journal under the label of the call. */
@Server({ name: 'contract', version: '1.0.0', instructions: 'For tests.', components: [Belongings] })
export class ContractServer extends McpServer {
  readonly #journal: Journal;

  constructor(journalFile: string) {
    super({ logLevel: 'error' });
    this.#journal = new Journal(journalFile);
  }

  protected override onSessionStart({ id, client }: Session): void {
    this.#journal.write(id, `${client.info?.name} came`);
  }

  protected override onSessionEnd({ id }: Session): void {
    this.#journal.write(id, 'left');
  }

  @Tool({ description: 'Says it back' })
  echo(@Args() { text }: Text): string {
    return text;
  }

  @Tool({ description: 'Adds up an order' })
  order(@Args() { lines }: Order): string {
    return lines.map(({ item, amount }) => `${amount} x ${item}`).join(', ');
  }

  @Tool({ description: 'Always refuses' })
  refuse(): never {
    throw new ToolError('Not today.');
  }

  @Tool({ description: 'How the call came' })
  origin(@Ctx() ctx: Context): object {
    return { era: ctx.era, transport: ctx.transport, client: ctx.client.info?.name, session: ctx.sessionId };
  }

  @Tool({ description: 'Reports each step' })
  async count(@Args() { label, to }: CountTo, @Ctx() ctx: Context): Promise<string> {
    for (let step = 1; step <= to; step++) await ctx.reportProgress(step, to, `${label} ${step}`);
    await delay(apart);
    return `counted to ${to}`;
  }

  @Tool({ description: 'Logs at two levels' })
  async speak(@Args() { label }: Labelled, @Ctx() ctx: Context): Promise<string> {
    await ctx.debug(`${label} whispers`);
    await ctx.warning({ label, loud: true }, { logger: 'contract' });
    await delay(apart);
    return 'spoken';
  }

  @Tool({ description: 'Waits to be cancelled, then goes on talking' })
  async wait(@Args() { label }: Labelled, @Ctx() ctx: Context): Promise<string> {
    await ctx.reportProgress(1, 2, 'waiting');
    this.#journal.write(label, 'began');
    await aborted(ctx.signal);
    this.#journal.write(label, 'aborted');
    await ctx
      .reportProgress(2, 2, 'nobody listens')
      .catch(() => this.#journal.write(label, 'progress threw'));
    await ctx.info('nobody listens').catch(() => this.#journal.write(label, 'log threw'));
    return 'too late';
  }

  @Tool({ description: 'Takes its time' })
  async hold(@Args() { label, ms }: Pause): Promise<string> {
    this.#journal.write(label, 'began');
    await delay(ms);
    this.#journal.write(label, 'ended');
    return `held ${label}`;
  }

  @Tool({ description: 'One question' })
  async introduce(@Args() { label }: Labelled, @Ctx() ctx: Context): Promise<string> {
    const answer = await ctx.elicit(`${label}: who are you?`, Person);
    if (answer.action !== 'accept') return `nobody: ${answer.action}`;
    const { name, age } = answer.data;
    return ctx.step('greet', () => this.#greet(label, `${name}, ${age}`));
  }

  @Tool({ description: 'Two questions, the second quotes the answer to the first' })
  async interview(@Args() { label }: Labelled, @Ctx() ctx: Context): Promise<string> {
    const first = await ctx.elicit(`${label}: your name?`, String, { required: true });
    const greeting = await ctx.step('greet', () => this.#greet(label, first.data));
    const sure = await ctx.confirm(`${label}: ${greeting}, is that right?`);
    return `${first.data} ${sure ? 'is' : 'is not'} right`;
  }

  @Tool({ description: 'Two questions at once' })
  async panel(@Args() { label }: Labelled, @Ctx() ctx: Context): Promise<string> {
    const [left, right] = await Promise.all([
      ctx.elicit(`${label}: left?`, String, { required: true }),
      ctx.elicit(`${label}: right?`, String, { required: true }),
    ]);
    return ctx.step('greet', () => this.#greet(label, `${left.data} and ${right.data}`));
  }

  @Tool({ description: 'Asks, and does without where it cannot' })
  async cautious(@Ctx() ctx: Context): Promise<string> {
    try {
      return (await ctx.confirm('May I?')) ? 'allowed' : 'not allowed';
    } catch (thrown) {
      if (thrown instanceof CapabilityError) return 'nobody to ask';
      throw thrown;
    }
  }

  @Tool({ description: "Asks the client's model" })
  async ponder(@Ctx() ctx: Context): Promise<string> {
    const { text, model } = await ctx.sample('What is the answer?');
    return `${model} says ${text}`;
  }

  @Tool({ description: 'Where the client works' })
  async folders(@Ctx() ctx: Context): Promise<string> {
    return (await ctx.listRoots()).map((root) => root.uri).join(', ');
  }

  @Tool({ description: 'Everything at once, for crowds' })
  async mingle(@Args() { label }: Labelled, @Ctx() ctx: Context): Promise<string> {
    await ctx.reportProgress(1, 2, `${label} arrives`);
    await delay(apart);
    const { data } = await ctx.elicit(`${label}?`, String, { required: true });
    const greeting = await ctx.step('greet', () => this.#greet(label, data));
    await ctx.reportProgress(2, 2, `${label} leaves`);
    await delay(apart);
    return `${label}: ${greeting}`;
  }

  @Tool({ description: 'Tells clients that a resource and all lists changed' })
  change(@Args() { uri }: ResourceUri): string {
    this.notifyResourceUpdated(uri);
    this.notifyToolsChanged();
    this.notifyPromptsChanged();
    this.notifyResourcesChanged();
    return 'changed';
  }

  @Tool({ description: 'Disables or enables a component' })
  offer(@Args() { name, offered }: Offer): string {
    if (offered) this.enable(name);
    else this.disable(name);
    return 'changed';
  }

  @Resource('contract://greeting', { mimeType: 'text/plain' })
  greeting(): string {
    return 'Hello';
  }

  @Resource('contract://notes/{id}', { mimeType: 'text/markdown' })
  note(@Param('id') id: string): string {
    return `# Note ${id}`;
  }

  @Prompt({ description: 'A letter' })
  letter(@Args() { to }: Addressee): string {
    return `Write a letter to ${to}.`;
  }

  #greet(label: string, whom: string): string {
    this.#journal.write(label, `greeted ${whom}`);
    return `Hello ${whom}`;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
