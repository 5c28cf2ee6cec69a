import { plainToInstance, type ClassTransformOptions } from 'class-transformer';
import { validate, type ValidatorOptions } from 'class-validator';
import { messageOf } from '../../errors/index.js';
import type { Parsed, Problem } from '../compiled-schema.js';
import type { Dto } from '../dto.js';
import { isPlainObject, WireCheck } from './check-wire.js';
import type { Direction } from '../shape/class-transformer.js';
import { describeErrors } from './describe-errors.js';
import { restoreNames } from './kept-names.js';
import type { ClassShape } from '../shape/shape.js';

export interface ParseOptions {
  readonly direction: Direction;
  readonly transform: ClassTransformOptions;
  readonly validation: ValidatorOptions;
}

/**
 * A value from outside as a validated instance. All problems are reported together.
 * Rejects only when a validator of the author's throws: that is a fault of the server.
 */
export async function parseDto<T extends object>(
  shape: ClassShape,
  value: unknown,
  options: ParseOptions,
): Promise<Parsed<T>> {
  if (!isPlainObject(value)) return { ok: false, problems: [{ path: '', message: 'must be an object' }] };
  const wire = new WireCheck(options);
  const plain = wire.object(shape, value, '');
  // The shape was read from this class.
  const instance = construct(shape.cls as Dto<T>, plain, options.transform);
  if (!instance.ok) return { ok: false, problems: [...wire.problems, ...instance.problems] };
  if (wire.keepsNames) restoreNames(instance.value);
  const errors = await validate(instance.value, options.validation);
  if (errors.length === 0 && wire.problems.length === 0) return instance;
  const problems = [...wire.problems, ...unreported(describeErrors(errors, shape), wire)];
  return problems.length === 0 ? instance : { ok: false, problems };
}

/** Leaves out what follows from a problem on the wire, and says once that something is missing. */
function unreported(broken: readonly Problem[], wire: WireCheck): Problem[] {
  const seen = new Set<string>();
  const refused = wire.problems.map(({ path }) => path);
  return broken.flatMap((problem) => {
    if (refused.some((path) => concerns(path, problem.path))) return [];
    if (!wire.missing.has(problem.path)) return [problem];
    if (seen.has(problem.path)) return [];
    seen.add(problem.path);
    return [{ path: problem.path, message: 'is required' }];
  });
}

/** Whether a refusal explains a problem: at the same place, inside it, or in the list whose items it is about. */
function concerns(refused: string, path: string): boolean {
  return (
    path === refused ||
    path.startsWith(`${refused}.`) ||
    path.startsWith(`${refused}[`) ||
    refused.startsWith(`${path}[`)
  );
}

function construct<T extends object>(
  cls: Dto<T>,
  plain: object,
  transform: ClassTransformOptions,
): Parsed<T> {
  try {
    return { ok: true, value: plainToInstance(cls, plain, transform) };
  } catch (thrown) {
    return { ok: false, problems: [culprit(cls, plain, transform) ?? unreadable('', thrown)] };
  }
}

/** A @Transform that meets a value it was not written for throws without saying where: try each property alone. */
function culprit(cls: Dto, plain: object, transform: ClassTransformOptions): Problem | undefined {
  for (const [key, value] of Object.entries(plain)) {
    try {
      plainToInstance(cls, { [key]: value as unknown }, transform);
    } catch (thrown) {
      return unreadable(key, thrown);
    }
  }
  return undefined;
}

function unreadable(path: string, thrown: unknown): Problem {
  return { path, message: `cannot be read: ${messageOf(thrown)}` };
}
