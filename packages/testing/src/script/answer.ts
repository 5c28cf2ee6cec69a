import { RepriseError } from '@reprise/core';
import { type Question, quote, type Reply } from './question.js';

/**
 * What a scripted user says: the fields of the form; the bare value where the form has one field; `true` or `false` to a
 * yes or no; `'decline'` or `'cancel'`; or the whole reply, as in `{ action: 'accept', content: { name: 'cancel' } }`.
 */
export type Answer =
  | boolean
  | number
  | string
  | readonly string[]
  | Reply
  | { readonly [field: string]: string | number | boolean | readonly string[] | undefined };

/** The reply that an answer means for a question. Throws TEST_SCRIPT when it means none. */
export function replyOf(answer: Answer, question: Question): Reply {
  if (answer === 'decline' || answer === 'cancel') return { action: answer };
  if (isReply(answer)) return answer;
  const fields = Object.keys(question.fields);
  if (isFields(answer)) return { action: 'accept', content: answer };
  const [only, ...others] = fields;
  if (only !== undefined && others.length === 0) return { action: 'accept', content: { [only]: answer } };
  if (only === undefined && typeof answer === 'boolean') return { action: answer ? 'accept' : 'decline' };
  throw new RepriseError(
    'TEST_SCRIPT',
    `the answer ${JSON.stringify(answer)} does not fit the question ${quote(question)}.`,
    {
      where: 'client.answers',
      fix:
        only === undefined
          ? 'Answer true, false, "decline" or "cancel".'
          : `Give an object with the fields ${fields.join(', ')}.`,
    },
  );
}

function isReply(answer: Answer): answer is Reply {
  if (!isFields(answer)) return false;
  const { action, content } = answer as { action?: unknown; content?: unknown };
  const isAction = action === 'accept' || action === 'decline' || action === 'cancel';
  return isAction && Object.keys(answer).length === (content === undefined ? 1 : 2);
}

function isFields(answer: Answer): answer is Extract<Answer, Readonly<Record<string, unknown>>> {
  return typeof answer === 'object' && !Array.isArray(answer);
}
