import type { ElicitRequestParams } from '@modelcontextprotocol/client';

/** One question to the user, as the client gets it. */
export interface Question {
  readonly message: string;
  /** `form` asks for data, `url` sends the user to a web page. */
  readonly mode: 'form' | 'url';
  readonly url: string | undefined;
  /** JSON Schema of each field of the form; none for a yes or no. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Names of the fields that must be filled. */
  readonly required: readonly string[];
  /** As the protocol has it. */
  readonly params: ElicitRequestParams;
}

/** What the user did with a question. */
export interface Reply {
  readonly action: 'accept' | 'decline' | 'cancel';
  readonly content?: Readonly<Record<string, unknown>>;
}

/** A question that was asked in a call. */
export interface AskedQuestion extends Question {
  /** The request of the call that it belongs to: 1 for the first, which on legacy is the only one. */
  readonly round: number;
  /** Undefined as long as there is none. */
  reply: Reply | undefined;
  /** Where this question repeats the one before: why the server refused that answer. */
  readonly refusal: string | undefined;
}

export function questionOf(params: ElicitRequestParams): Question {
  // the two modes are two types of the SDK, told apart by a member that old servers leave out
  const { message, mode, url, requestedSchema } = params as unknown as {
    message: string;
    mode?: 'form' | 'url';
    url?: string;
    requestedSchema?: { properties?: Question['fields']; required?: string[] };
  };
  return {
    message,
    mode: mode ?? 'form',
    url,
    fields: requestedSchema?.properties ?? {},
    required: requestedSchema?.required ?? [],
    params,
  };
}

/** For messages: `"Who travels?" (name, email)`. */
export function quote({ message, fields }: Question): string {
  const names = Object.keys(fields);
  return JSON.stringify(message) + (names.length === 0 ? '' : ` (${names.join(', ')})`);
}
