import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const program = fileURLToPath(new URL('./never-answers/program.mjs', import.meta.url));
const calls = 1000;
/** Each call holds more than a kilobyte of its own: what is left of one must be next to nothing. In bytes. */
const heapLeftPerCall = 400;

interface Found {
  ends: Record<string, number>;
  before: { heap: number; handles: string[] };
  after: { heap: number; handles: string[] };
  counts: { asked: number; withdrawn: number };
}

test(`${calls} legacy calls whose client never answers time out and leave nothing behind`, async () => {
  const args = ['--unhandled-rejections=strict', '--expose-gc', program];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
  const { ends, before, after, counts } = JSON.parse(stdout) as Found;
  expect(stderr).toBe('');
  expect(ends).toEqual({ 'The client did not answer elicitation/create within 50 ms.': calls });
  expect(counts.withdrawn).toBe(counts.asked);
  expect(after.handles.toSorted()).toEqual(before.handles.toSorted());
  expect(after.heap - before.heap).toBeLessThan(calls * heapLeftPerCall);
});
