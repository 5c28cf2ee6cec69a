import {
  type CallToolResult,
  type Client,
  type GetPromptResult,
  LOG_LEVEL_META_KEY,
  type ReadResourceResult,
} from '@modelcontextprotocol/client';
import type { LogLevel } from '@reprise/core';
import { promptText, resourceText, toolText } from './answer-text.js';
import { Call } from './call.js';
import { CallRecord } from './call-record.js';
import type { CallOptions } from './connect-options.js';
import type { Traffic } from './traffic.js';

// of a timer, 24 days: the test runner's limit comes first, and a fake clock may move by days
const longest = 2 ** 31 - 1;

type Meta = { _meta?: Record<string, unknown> };
type Sent = CallOptions & { onprogress: () => void };

/** The calls that one client makes. */
export class Calls {
  /** Whether one was refused, or could not be finished. */
  hasFailed = false;
  readonly #failures = new Map<CallRecord, unknown>();

  constructor(
    private readonly sdk: Client,
    private readonly traffic: Traffic,
    /** Sent with each request; modern clients say so which logs they want. */
    private readonly logLevel: LogLevel | undefined,
  ) {}

  tool(name: string, args: Record<string, unknown>, options?: CallOptions): Call<CallToolResult> {
    const send = (meta: Meta, sent: Sent) => this.sdk.callTool({ name, arguments: args, ...meta }, sent);
    return this.#begin(send, toolText, options);
  }

  resource(uri: string, options?: CallOptions): Call<ReadResourceResult> {
    const send = (meta: Meta, sent: Sent) => this.sdk.readResource({ uri, ...meta }, sent);
    return this.#begin(send, resourceText, options);
  }

  prompt(name: string, args: Record<string, string>, options?: CallOptions): Call<GetPromptResult> {
    const send = (meta: Meta, sent: Sent) => this.sdk.getPrompt({ name, arguments: args, ...meta }, sent);
    return this.#begin(send, promptText, options);
  }

  /** Why a call has failed that nobody awaited. */
  unseen(): { readonly failure: unknown } | undefined {
    for (const [record, failure] of this.#failures) if (!record.isSeen) return { failure };
    return undefined;
  }

  #begin<R extends object>(
    send: (meta: Meta, sent: Sent) => Promise<R>,
    textOf: (answer: R) => string,
    options: CallOptions | undefined,
  ): Call<R> {
    const record = new CallRecord(options?.signal);
    const meta = this.logLevel === undefined ? {} : { _meta: { [LOG_LEVEL_META_KEY]: this.logLevel } };
    const sent = { timeout: longest, ...options, onprogress: () => {} }; // or the server would report none; the traffic is read
    const answer = this.#answer(record, () => send(meta, sent));
    answer.catch(() => {}); // may be awaited later than it fails; see unseen()
    return new Call(record, answer, textOf);
  }

  async #answer<R>(record: CallRecord, send: () => Promise<R>): Promise<R> {
    try {
      const answer = await this.traffic.within(record, send);
      if (record.scriptFailure !== undefined) throw record.scriptFailure;
      return answer;
    } catch (thrown) {
      const failure = record.scriptFailure ?? thrown;
      this.hasFailed = true;
      this.#failures.set(record, failure);
      throw failure;
    } finally {
      record.isOver = true;
    }
  }
}
