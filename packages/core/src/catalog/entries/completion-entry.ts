import type { CompletionTarget } from '../../metadata/index.js';
import type { CompletionEntry } from '../catalog.js';
import type { Problems } from '../problems.js';
import { allowOnly, handlerOf } from './handler.js';
import { boundAs } from './input.js';
import type { Site } from './site.js';

/** What can be completed, by the key of its prompt or template. */
export type Completable = ReadonlyMap<string, readonly string[]>;

export function completionEntry(
  site: Site,
  target: CompletionTarget,
  completable: Completable,
  problems: Problems,
): CompletionEntry {
  allowOnly(
    site,
    {
      kind: 'completion',
      allowed: ['args', 'arg', 'context', 'signal', 'custom'],
      fix: "Take another argument that is already known with @Arg('name').",
    },
    problems,
  );
  checkTarget(site, target, completable, problems);
  return Object.freeze({
    kind: 'completion',
    handler: handlerOf(site, problems),
    tags: Object.freeze([]),
    target,
  });
}

/** One string for each target, and for nothing else. */
export function completionKey(target: CompletionTarget): string {
  return JSON.stringify([ownerKey(target), nameIn(target)]);
}

/** For people. */
export function completionLabel(target: CompletionTarget): string {
  return `${nameIn(target)} of ${ownerKey(target)}`;
}

/** The key of a prompt or template in the map of what can be completed. */
export function ownerKey(target: { prompt: string } | { template: string }): string {
  return 'prompt' in target ? `prompt "${target.prompt}"` : `template "${target.template}"`;
}

function nameIn(target: CompletionTarget): string {
  return 'prompt' in target ? target.argument : target.variable;
}

function checkTarget(
  site: Site,
  target: CompletionTarget,
  completable: Completable,
  problems: Problems,
): void {
  const owner = ownerKey(target);
  const names = completable.get(owner);
  const unknown = (what: string, known: readonly string[]) =>
    problems.add('UNKNOWN_COMPLETION_TARGET', `there is no ${what}.`, {
      where: site.where,
      fix: known.length > 0 ? `Name one of: ${known.join(', ')}.` : 'Declare it, or remove the @Complete.',
    });
  if (names === undefined) return unknown(owner, [...completable.keys()]);
  const others = boundAs(site, 'arg').flatMap(([, { name }]) => (name === undefined ? [] : [name]));
  for (const name of [nameIn(target), ...others]) {
    if (!names.includes(name)) unknown(`"${name}" in the ${owner}`, names);
  }
}
