import type { ElicitAction } from './instruments/index.js';

const actions: readonly unknown[] = ['accept', 'decline', 'cancel'];

/** What a user did with a question; undefined for an answer that is no user's. The answer comes as the client sent it. */
export function actionOf(answer: unknown): ElicitAction | undefined {
  if (typeof answer !== 'object' || answer === null || !('action' in answer)) return undefined;
  return actions.includes(answer.action) ? (answer.action as ElicitAction) : 'failed'; // one of the three
}

/** Whether a model answered. */
export function isSampling(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'model' in answer && 'content' in answer;
}
