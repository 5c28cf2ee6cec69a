import 'reflect-metadata';
import { afterEach, expect, test } from '@jest/globals';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';
import { plainToInstance } from 'class-transformer';
import * as v from 'class-validator';
import fc from 'fast-check';
import { compileDto, type CompiledSchema } from '../../src/schema/index.js';
import { forgetClasses, type RandomDto, randomDtos } from './random-dtos.js';

/**
 * Formats only annotate in 2020-12, and what they promise is listed as enforced at run time; only dates are converted
 * by their format. Throws for a schema that the meta-schema of 2020-12 does not allow.
 */
function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  // The CommonJS build puts the plugin on the namespace as well.
  (addFormats as unknown as { default?: (on: Ajv2020, names: string[]) => void }).default?.(ajv, [
    'date-time',
  ]);
  return ajv;
}

const casesOf = (dtos: fc.Arbitrary<RandomDto>) =>
  dtos.chain(({ build, values }) => fc.tuple(values, values, values).map((three) => ({ build, three })));

afterEach(forgetClasses);

/** A class whose rules exclude each other is refused when it is read: no case for a comparison. */
function compiled(dto: new () => object): CompiledSchema | undefined {
  try {
    return compileDto(dto);
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'UNSUPPORTED_TYPE' });
    return undefined;
  }
}

/** `f0[1].f2` as the diagnostics name it; a rule about every item is reported at the list. */
const general = (path: string) => path.replace(/\[\d+\]/g, '[]').replace(/(\[\])+$/, '');

/** `/f0/1/f2` as a path of ours. */
const pathOf = ({ instancePath }: ErrorObject) =>
  instancePath
    .slice(1)
    .replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.');

/**
 * Where a rule is that the schema cannot carry, the two may differ; everywhere else that would be a lie.
 * A condition decides about all that is below it.
 */
function expectListed(schema: CompiledSchema, paths: readonly string[]): void {
  const unlisted = paths.filter((each) => {
    const path = general(each);
    return !schema.runtimeOnly.some(
      (listed) =>
        general(listed.path) === path ||
        (listed.rule === 'validateIf' &&
          /^[.[]/.test(path.slice(listed.path.length)) &&
          path.startsWith(listed.path)),
    );
  });
  expect({ unlisted, schema: schema.jsonSchema }).toEqual({ unlisted: [], schema: schema.jsonSchema });
}

test('the schema and the validation agree on random values of random DTOs', async () => {
  let runs = 0;
  let ajv = newAjv();
  const seen = { accepted: 0, refused: 0, later: 0, excluded: 0 };
  const compare = async (schema: CompiledSchema, check: ValidateFunction, value: unknown) => {
    const parsed = await schema.parse(value);
    const stated = check(value);
    seen[parsed.ok ? 'accepted' : 'refused'] += 1;
    if (parsed.ok && !stated) expectListed(schema, (check.errors ?? []).map(pathOf));
    if (parsed.ok || !stated) return;
    seen.later += 1;
    expectListed(
      schema,
      parsed.problems.map(({ path }) => path),
    );
  };
  await fc.assert(
    fc.asyncProperty(casesOf(randomDtos(2)), async ({ build, three }) => {
      forgetClasses();
      const schema = compiled(build());
      if (schema === undefined) return void (seen.excluded += 1);
      // It remembers all it ever compiled.
      if ((runs += 1) % 50 === 1) ajv = newAjv();
      const check = ajv.compile(schema.jsonSchema);
      for (const value of three) await compare(schema, check, value);
    }),
    { numRuns: 1000 },
  );
  // A test in which one side never happens would prove nothing.
  expect(seen.excluded).toBeLessThan(150);
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(500);
  expect(seen.later).toBeGreaterThan(20);
}, 300_000);

test('what class-validator refuses by hand is never accepted', async () => {
  const strict = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false };
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(casesOf(randomDtos(2, { plain: true })), async ({ build, three }) => {
      forgetClasses();
      const dto = build();
      for (const value of three) {
        const parsed = await compiled(dto)?.parse(value);
        if (parsed?.ok !== true) continue;
        seen += 1;
        const byHand = await v.validate(plainToInstance(dto, structuredClone(value)), strict);
        expect(byHand).toEqual([]);
        expect(parsed.value).toBeInstanceOf(dto);
      }
    }),
    { numRuns: 300 },
  );
  expect(seen).toBeGreaterThan(100);
}, 300_000);
