import { setTimeout as delay } from 'node:timers/promises';
import { Context, Ctx, McpServer, Resource, Server, type Session, Tool } from '@reprise/core';

type ProtocolServer = Context['client']['sdk'];

/** A server of which everything is kept that belongs to a session. */
@Server({ name: 'diary', version: '1.0.0' })
export class Diary extends McpServer {
  readonly events: string[] = [];
  readonly sessions: Session[] = [];
  kept: ProtocolServer | undefined;
  calls = 0;

  protected override onSessionStart(session: Session): void {
    this.sessions.push(session);
    this.events.push(`start ${session.client.info?.name}`);
  }

  protected override onSessionEnd(): void {
    this.events.push('end');
  }

  /** How often it was called in this session, and who called. */
  @Tool() async count(@Ctx() ctx: Context): Promise<object> {
    const times = ((await ctx.session.get<number>('times')) ?? 0) + 1;
    await ctx.session.set('times', times);
    const { sessionId, protocolVersion, client } = ctx;
    return { times, sessionId, protocolVersion, client: client.info, can: client.capabilities };
  }

  @Tool() async speak(@Ctx() ctx: Context): Promise<string> {
    await ctx.debug('whisper');
    await ctx.error('shout');
    await delay(20); // the clients lose a notice that they read together with the answer
    return 'spoken';
  }

  @Tool() async slow(): Promise<string> {
    this.calls += 1;
    await delay(150);
    return 'at last';
  }

  @Tool() async decide(@Ctx() ctx: Context): Promise<string> {
    try {
      return (await ctx.confirm('Sure?', { timeout: 300 })) ? 'yes' : 'no';
    } catch {
      return 'no answer';
    }
  }

  @Tool() keep(@Ctx() ctx: Context): string {
    this.kept = ctx.client.sdk;
    return 'kept';
  }

  @Resource('diary://today') today(): string {
    return 'Rain.';
  }
}
