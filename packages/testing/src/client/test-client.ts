import type {
  CallToolResult,
  Client,
  GetPromptResult,
  Prompt,
  ReadResourceResult,
  Resource,
  ResourceTemplateType,
  Tool,
} from '@modelcontextprotocol/client';
import { type Era, type McpServer, RepriseError } from '@reprise/core';
import type { Answer } from '../script/answer.js';
import type { Question } from '../script/question.js';
import type { Script } from '../script/script.js';
import { type ModelAnswer, type ModelRequest, ScriptedModel } from '../script/scripted-model.js';
import { ScriptedUser } from '../script/scripted-user.js';
import type { ConnectionWatch } from '../server/memory-transport.js';
import type { RecordedLog } from '../server/recorded-log.js';
import type { Call } from './call.js';
import type { ClientLog } from './call-record.js';
import { Calls } from './calls.js';
import type { Belongings, CallOptions, Connection, ConnectOptions } from './connect-options.js';
import { allCapabilities, sdkClient } from './sdk-client.js';
import { type Notification, Traffic, type WireMessage } from './traffic.js';

/** A real client of the SDK, its user and its model, joined to a server in memory. */
export class TestClient implements AsyncDisposable {
  readonly era: Era;
  /** The server, for what it has of its own. With `crashBetweenRounds`, calls meet others. */
  readonly server: McpServer;
  /** What the server wrote to its own log, if it uses the logger that the test gave it. */
  readonly log: RecordedLog;
  /** The SDK's client, for what is not here. */
  readonly sdk: Client;
  readonly #user = new ScriptedUser();
  readonly #model = new ScriptedModel();
  readonly #traffic: Traffic;
  readonly #calls: Calls;
  #closed: Promise<void> | undefined;

  private constructor(
    { era = 'modern', logLevel, ...options }: ConnectOptions,
    private readonly belongings: Belongings,
    traffic: Traffic,
  ) {
    const { capabilities = allCapabilities, roots = [{ uri: 'file:///work', name: 'work' }] } = options;
    const { info = { name: '@reprise/testing', version: '1.0.0' } } = options;
    const around = { user: this.#user, model: this.#model, traffic };
    this.era = era;
    this.server = belongings.server;
    this.log = belongings.log;
    this.sdk = sdkClient({ era, capabilities, roots, info }, around);
    this.#traffic = traffic;
    this.#calls = new Calls(this.sdk, traffic, era === 'modern' ? (logLevel ?? 'debug') : undefined);
  }

  /** For `serve()`. */
  static async connect(
    join: (watch: ConnectionWatch) => Connection,
    options: ConnectOptions,
    belongings: Omit<Belongings, 'connection'>,
  ): Promise<TestClient> {
    const traffic = new Traffic();
    const connection = join(traffic);
    const client = new TestClient(options, { ...belongings, connection }, traffic);
    const onConnected = traffic.watch(connection.pipe);
    await client.sdk.connect(connection.pipe);
    onConnected();
    const { logLevel, era } = options;
    if (era === 'legacy' && logLevel !== undefined) await client.sdk.setLoggingLevel(logLevel);
    return client;
  }

  /**
   * What the user answers from now on: in order; by a function for each question; or by a Map from what the question
   * begins with (or matches) to its answer. A question without an answer fails its call with TEST_SCRIPT.
   */
  answers(script: Script<Question, Answer>): this {
    this.#user.follow(script);
    return this;
  }

  /** What the client's model says from now on; likewise. Its Map looks at the last message. */
  model(script: Script<ModelRequest, ModelAnswer>): this {
    this.#model.follow(script);
    return this;
  }

  /** The answers, of user and model, that nobody has asked for yet. `close()` rejects when there are any. */
  get unused(): readonly (Answer | ModelAnswer)[] {
    return [...this.#user.unused, ...this.#model.unused];
  }

  /** Calls a tool. The call is under way at once. */
  call(name: string, args: Record<string, unknown> = {}, options?: CallOptions): Call<CallToolResult> {
    return this.#calls.tool(name, args, options);
  }

  /** Reads a resource. */
  read(uri: string, options?: CallOptions): Call<ReadResourceResult> {
    return this.#calls.resource(uri, options);
  }

  /** Renders a prompt. */
  prompt(name: string, args: Record<string, string> = {}, options?: CallOptions): Call<GetPromptResult> {
    return this.#calls.prompt(name, args, options);
  }

  /** All tools, as the client sees them. */
  async tools(): Promise<Tool[]> {
    return (await this.sdk.listTools()).tools;
  }

  async resources(): Promise<Resource[]> {
    return (await this.sdk.listResources()).resources;
  }

  async resourceTemplates(): Promise<ResourceTemplateType[]> {
    return (await this.sdk.listResourceTemplates()).resourceTemplates;
  }

  async prompts(): Promise<Prompt[]> {
    return (await this.sdk.listPrompts()).prompts;
  }

  /** Hears of changed lists, and of changes of these resources: they come to `notifications`. */
  async listen(uris: readonly string[] = []): Promise<void> {
    if (this.era === 'legacy') {
      for (const uri of uris) await this.sdk.subscribeResource({ uri });
      return;
    }
    await this.sdk.listen({
      ...{ toolsListChanged: true, promptsListChanged: true, resourcesListChanged: true },
      ...(uris.length > 0 && { resourceSubscriptions: [...uris] }),
    });
  }

  /** What the server told its client outside of calls; on modern only after `listen()`. */
  get notifications(): readonly Notification[] {
    return this.#traffic.notifications;
  }

  /** Log messages that belong to no call; those of a call are with it. */
  get logs(): readonly ClientLog[] {
    return this.#traffic.outside.logs;
  }

  /** Every message of the connection since it was made, in order. */
  get wire(): readonly WireMessage[] {
    return this.#traffic.wire;
  }

  /**
   * Leaves; a server that `connect()` started is stopped. Then rejects with why a call failed that nobody awaited, or,
   * if no call failed, with TEST_SCRIPT where the scripts hold answers that nobody asked for. Safe to call twice.
   */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const { connection, onClose } = this.belongings;
    const unseen = this.#calls.unseen(); // what the end breaks off is no failure
    await this.sdk.close();
    await connection.ended?.();
    await onClose?.();
    if (unseen !== undefined) throw unseen.failure;
    const { scriptFailure } = this.#traffic.outside;
    if (scriptFailure !== undefined) throw scriptFailure;
    if (this.unused.length === 0 || this.#calls.hasFailed) return;
    const left = this.unused.map((answer) => JSON.stringify(answer)).join(', ');
    throw new RepriseError('TEST_SCRIPT', `nobody asked for ${left}.`, {
      where: this.server.constructor.name,
      fix: 'Take it out of the script, or find out why the server asked less than the test expects.',
    });
  }
}
