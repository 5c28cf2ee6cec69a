import { ToolError } from '../errors/index.js';
import type { Ask, Verdict, WireRequest } from '../replay/index.js';
import { compileForm, type Form, type FormData, type FormType, type Parsed } from '../schema/index.js';
import { defaultTimeouts } from './default-timeouts.js';
import type { AskOptions, Elicited, ElicitOptions } from './elicit-types.js';

type UrlAnswer = { action: 'accept' | 'decline' | 'cancel' };

/** The question behind `ctx.elicit`. Throws UNSUPPORTED_FORM before anything is sent. */
export function elicitAsk<F extends FormType>(
  message: string,
  type: F,
  options: ElicitOptions,
  where: string,
): Ask<Elicited<FormData<F>>> {
  const form = compileForm(type, options, where);
  return formAsk(message, form, options, (parsed) => ({ action: 'accept', data: parsed }));
}

/**
 * The question behind `ctx.confirm`: an empty form, so that accepting is the yes. A checkbox of its own would let a
 * user accept the form and still say no without noticing.
 */
export function confirmAsk(message: string, options: AskOptions): Ask<boolean> {
  const ask = formAsk(message, emptyForm, options, () => ({ action: 'accept', data: true }));
  return {
    ...ask,
    check: async (answer) => {
      const verdict = await ask.check(answer);
      return verdict.ok ? { ok: true, value: verdict.value.action === 'accept' } : verdict;
    },
  };
}

/** The question behind `ctx.elicitUrl`. */
export function urlAsk(message: string, url: string, options: AskOptions): Ask<UrlAnswer> {
  return {
    kind: 'url',
    key: options.key,
    describe: JSON.stringify(message),
    timeout: options.timeout ?? defaultTimeouts.elicitation,
    request: (refusal) => ({
      method: 'elicitation/create',
      params: { mode: 'url', message: withRefusal(message, refusal), url },
    }),
    check: async (answer) => {
      const action = actionOf(answer);
      return action ? { ok: true, value: { action } } : notAnElicitation;
    },
  };
}

/** For `{ required: true }`: no acceptance ends the call. */
export function requireAccepted<T>(message: string, answer: Elicited<T>): Elicited<T> {
  if (answer.action === 'accept') return answer;
  throw new ToolError(`The user did not answer: ${message}`);
}

const emptyForm: Form<undefined> = {
  requestedSchema: { type: 'object', properties: {} },
  runtimeOnly: [],
  parse: async (): Promise<Parsed<undefined>> => ({ ok: true, value: undefined }),
};

function formAsk<T, R>(
  message: string,
  form: Form<T>,
  options: AskOptions & Pick<ElicitOptions, 'inAdvance'>,
  accept: (data: T) => Elicited<R>,
): Ask<Elicited<R>> {
  return {
    kind: 'elicit',
    key: options.key,
    inAdvance: options.inAdvance ?? false,
    describe: JSON.stringify(message),
    timeout: options.timeout ?? defaultTimeouts.elicitation,
    request: (refusal): WireRequest => ({
      method: 'elicitation/create',
      params: { message: withRefusal(message, refusal), requestedSchema: form.requestedSchema },
    }),
    check: async (answer): Promise<Verdict<Elicited<R>>> => {
      const action = actionOf(answer);
      if (action === undefined) return notAnElicitation;
      if (action !== 'accept') return { ok: true, value: { action } };
      const parsed = await form.parse((answer as { content?: unknown }).content ?? {});
      if (parsed.ok) return { ok: true, value: accept(parsed.value) };
      return {
        ok: false,
        reason: parsed.problems
          .map(({ path, message: what }) => (path ? `${path}: ${what}` : what))
          .join('; '),
      };
    },
  };
}

const notAnElicitation = { ok: false, reason: 'the answer is not an elicitation result' } as const;

function actionOf(answer: unknown): UrlAnswer['action'] | undefined {
  const action =
    typeof answer === 'object' && answer !== null && 'action' in answer ? answer.action : undefined;
  return action === 'accept' || action === 'decline' || action === 'cancel' ? action : undefined;
}

function withRefusal(message: string, refusal: string | undefined): string {
  return refusal === undefined ? message : `${message}\n\nThe last answer cannot be used: ${refusal}`;
}
