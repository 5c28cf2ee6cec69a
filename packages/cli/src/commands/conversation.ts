import {
  type Client,
  LOG_LEVEL_META_KEY,
  type LoggingLevel,
  type RequestOptions,
} from '@modelcontextprotocol/client';
import type { Surroundings } from '../surroundings.js';
import { connect, disconnect } from '../target/connect.js';
import { resolveTarget, type TargetWords } from '../target/resolve-target.js';
import { Respondent } from '../terminal/respondent.js';
import { ScriptedAnswers } from '../terminal/scripted-answers.js';
import type { AnswerOptions } from './client-options.js';
import { serverRefused } from './server-refused.js';

/** A connection, and how a request over it is sent: with progress and logs shown, and people's time allowed. */
export interface Conversation {
  readonly client: Client;
  readonly requestOptions: RequestOptions;
  /** Goes into the parameters: on the modern protocol a request says for itself which logs it wants. */
  readonly _meta: Record<string, unknown>;
}

/**
 * Connects, lets `talk` send its request, and disconnects. Questions of the server are answered meanwhile. Throws
 * CommandError if the server refuses, cannot be reached, or asks what nobody could answer.
 */
export async function converse<T>(
  words: TargetWords,
  { options, around }: { options: AnswerOptions; around: Surroundings },
  talk: (conversation: Conversation) => Promise<T>,
): Promise<T> {
  const script = new ScriptedAnswers({ ...options, answers: options.answers }, around.cwd);
  const prompter = around.hasTerminal
    ? new (await import('../terminal/prompter.js')).Prompter(around)
    : undefined;
  const respondent = new Respondent({ script, samples: options.sample, prompter });
  const client = await connect(
    await resolveTarget(words, around),
    {
      era: options.era,
      headers: options.header,
      capabilities: respondent.capabilities,
      prepare: (made) => {
        respondent.listen(made);
        showLogs(made, around);
      },
    },
    around,
  );
  try {
    const _meta = await askForLogs(client, options.logLevel as LoggingLevel); // one of the choices
    const result = await talk({ client, requestOptions: requestOptions(options, around), _meta });
    respondent.throwIfUnanswered();
    return result;
  } catch (thrown) {
    respondent.throwIfUnanswered();
    throw serverRefused(thrown);
  } finally {
    await disconnect(client);
  }
}

function showLogs(client: Client, { stderr }: Surroundings): void {
  client.setNotificationHandler('notifications/message', ({ params: { level, logger, data } }) => {
    const from = logger === undefined ? '' : ` ${logger}:`;
    stderr.write(`${level}${from} ${typeof data === 'string' ? data : JSON.stringify(data)}\n`);
  });
}

async function askForLogs(client: Client, level: LoggingLevel): Promise<Record<string, unknown>> {
  if (!client.getServerCapabilities()?.logging) return {};
  if (client.getProtocolEra() === 'modern') return { [LOG_LEVEL_META_KEY]: level };
  await client.setLoggingLevel(level);
  return {};
}

/** The SDK reports the rounds of its own as progress of the server. */
const sdkRound = 'Fulfilling input required by ';

function requestOptions({ timeout }: AnswerOptions, { stderr }: Surroundings): RequestOptions {
  return {
    timeout: timeout * 1000,
    resetTimeoutOnProgress: true,
    onprogress: ({ progress, total, message }) => {
      if (message?.startsWith(sdkRound)) return; // whoever answered knows
      stderr.write(
        `progress ${progress}${total === undefined ? '' : `/${total}`}${message === undefined ? '' : ` ${message}`}\n`,
      );
    },
  };
}
