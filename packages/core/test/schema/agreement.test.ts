import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { plainToInstance } from 'class-transformer';
import * as v from 'class-validator';
import fc from 'fast-check';
import { compileDto, type CompiledSchema } from '../../src/schema/index.js';
import { randomDtos } from './random-dtos.js';

/** Formats only annotate in 2020-12; what they promise is listed as enforced at run time. */
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });

const cases = randomDtos(1).chain(({ dto, values }) => values.map((value) => ({ dto, value })));

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
const fromPointer = (pointer: string) =>
  pointer.slice(1).replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]').replaceAll('/', '.');

/** Where a rule is that the schema cannot carry, the two may differ; everywhere else that would be a lie. */
function expectListed(schema: CompiledSchema, paths: readonly string[]): void {
  const listed = new Set(schema.runtimeOnly.map(({ path }) => general(path)));
  const unlisted = paths.filter((path) => !listed.has(general(path)));
  expect({ unlisted, schema: schema.jsonSchema }).toEqual({ unlisted: [], schema: schema.jsonSchema });
}

test('the schema and the validation agree on random values of random DTOs', async () => {
  const seen = { accepted: 0, refused: 0, stricter: 0, unreadable: 0 };
  await fc.assert(
    fc.asyncProperty(cases, async ({ dto, value }) => {
      const schema = compiled(dto);
      if (schema === undefined) seen.unreadable += 1;
      if (schema === undefined) return;
      const parsed = await schema.parse(value);
      const check = ajv.compile(schema.jsonSchema);
      const stated = check(value);
      seen[parsed.ok ? 'accepted' : 'refused'] += 1;
      if (parsed.ok && !stated)
        expectListed(schema, check.errors?.map((e) => fromPointer(e.instancePath)) ?? []);
      if (!parsed.ok && stated) {
        seen.stricter += 1;
        expectListed(
          schema,
          parsed.problems.map(({ path }) => path),
        );
      }
    }),
    { numRuns: 3000 },
  );
  console.log(seen);
  // A test in which one side never happens would prove nothing.
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(250);
  expect(seen.accepted + seen.refused).toBeGreaterThan(1000);
});

test('what class-validator refuses by hand is never accepted', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ dto, value }) => {
      const parsed = await compiled(dto)?.parse(value);
      if (parsed?.ok !== true) return;
      const byHand = await v.validate(plainToInstance(dto, structuredClone(value)), {
        whitelist: true,
        forbidNonWhitelisted: true,
        forbidUnknownValues: false,
      });
      expect(byHand).toEqual([]);
      expect(parsed.value).toBeInstanceOf(dto);
    }),
    { numRuns: 300 },
  );
});
