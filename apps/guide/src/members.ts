import {
  type Context,
  Context as CurrentContext,
  Ctx,
  McpServer,
  Prompt,
  Resource,
  runWithContext,
  Server,
  Tool,
} from '@reprise/core';
import { IsString } from 'class-validator';
import { EventEmitter } from 'node:events';

class Reader {
  @IsString() name!: string;
}

interface App {
  readonly opened: string;
}

const bank = { pay: async (sum: number) => ({ paid: sum }) };
const door = new EventEmitter();

/** Uses every member of the Context once; the table of docs/guide/context.md is taken from here. */
@Server({ name: 'library', version: '1.0.0' })
export class Members extends McpServer<App> {
  protected override onStart(): App {
    return { opened: '2026-03-01' };
  }

  @Tool() async asking(@Ctx() ctx: Context) {
    return [
      await ctx.elicit('Who reads?', Reader),
      await ctx.elicitUrl('Please sign in.', 'https://library.example/in'),
      await ctx.confirm('Lend the book?'),
      (await ctx.sample('Sum it up in one line.')).text,
      (await ctx.listRoots())[0]?.uri,
      await ctx.step('pay', () => bank.pay(12)),
    ];
  }

  @Tool() async calling(@Ctx() ctx: Context) {
    return [
      await ctx.callTool('facts'),
      await ctx.readResource('library://notice'),
      await ctx.getPrompt('plan', {}),
      (await ctx.listTools()).length,
      (await ctx.listResources()).length,
      (await ctx.listResourceTemplates()).length,
      (await ctx.listPrompts()).length,
    ];
  }

  @Tool() async telling(@Ctx() ctx: Context) {
    await ctx.log('info', { found: 3 }, { logger: 'search' });
    await ctx.debug('Looked in two catalogues');
    await ctx.info({ found: 3 });
    await ctx.notice('The catalogue is new');
    await ctx.warning('Nearly full');
    await ctx.error('One shelf is missing');
    await ctx.critical('The roof leaks');
    await ctx.alert('The cellar is wet');
    await ctx.emergency('Fire!');
    await ctx.reportProgress(2, 10, 'Dusting');
    ctx.notifyToolsChanged();
    ctx.notifyResourcesChanged();
    ctx.notifyPromptsChanged();
    ctx.notifyResourceUpdated('library://notice');
  }

  @Tool() facts(@Ctx() ctx: Context<App>) {
    return {
      aborted: ctx.signal.aborted,
      app: ctx.app.opened,
      server: ctx.server instanceof Members,
      request: `${ctx.request.method} ${ctx.request.name}, round ${ctx.request.round}`,
      requestId: ctx.requestId,
      sessionId: ctx.sessionId ?? 'none',
      era: ctx.era === 'modern' ? 'stateless' : 'with sessions',
      protocolVersion: ctx.protocolVersion >= '2025-11-25',
      transport: ctx.transport === 'stdio' ? 'local' : 'remote',
      client: ctx.client.supports('elicitation.url'),
      clientId: ctx.clientId ?? 'somebody',
      principal: ctx.principal?.subject ?? 'nobody',
      http: ctx.http?.header('accept-language') ?? 'en',
      trace: ctx.trace?.traceId ?? 'not traced',
    };
  }

  @Tool() async keeping(@Ctx() ctx: Context) {
    ctx.state.set('shelf', new Map([['0001', 'sea']]));
    const shelf = ctx.state.get<Map<string, string>>('shelf');
    const read = await ctx.session.get<number>('read').catch(() => undefined);
    return { shelf: shelf?.get('0001'), read: read ?? 0 };
  }

  @Tool() async below(@Ctx() ctx: Context) {
    const here = CurrentContext.current()?.requestId;
    const there = new Promise((resolve) => {
      door.once('open', () => runWithContext(ctx, () => resolve(CurrentContext.current()?.requestId)));
    });
    door.emit('open');
    return here === (await there);
  }

  @Resource('library://notice') notice(): string {
    return 'Open as usual.';
  }

  @Prompt() plan(): string {
    return 'Plan what to read.';
  }
}
