import 'reflect-metadata';
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { expect, test } from '@jest/globals';
import {
  Args,
  choices,
  type Context,
  enumChoices,
  type FormData,
  type FormType,
  type Infer,
  Integer,
  type JsonSchema,
  Prompt,
  Tool,
} from '@reprise/core';
import { type } from 'arktype';
import { IsInt, IsString } from 'class-validator';
import { Type } from 'typebox';
import * as v from 'valibot';
import * as z from 'zod';

/** True for the same type and nothing else; `any` is not the same as anything. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(..._proof: Equal<A, B> extends true ? [] : ['the types differ']) => undefined;

/** The union of an enum's members is the enum, though not the identical type. */
const alike = <A, B>(
  ..._proof: [A, B] extends [B, A] ? (unknown extends A ? ['any or unknown'] : []) : ['the types differ']
) => undefined;

class Trip {
  @IsString() city!: string;
  @IsInt() nights!: number;
}

enum Size {
  Small = 1,
  Large = 2,
}
enum Colour {
  Red = 'red',
  Blue = 'blue',
}

const box = Type.Object({
  city: Type.String(),
  nights: Type.Optional(Type.Integer()),
  at: Type.Codec(Type.String())
    .Decode((text) => new Date(text))
    .Encode((date) => date.toISOString()),
});
const zod = z.object({
  city: z.string(),
  nights: z.number().default(1),
  way: z.enum(['sea', 'land']).optional(),
});
const ark = type({ city: 'string', 'nights?': 'number' });
const bare = v.object({ city: v.string(), nights: v.optional(v.number(), 1) });
const valibot = toStandardJsonSchema(bare);

test('what a handler gets from a schema', () => {
  same<Infer<typeof Trip>, Trip>();
  same<Infer<typeof box>, { city: string; nights?: number; at: Date }>();
  same<Infer<typeof zod>, { city: string; nights: number; way?: 'sea' | 'land' | undefined }>();
  same<Infer<typeof ark>, { city: string; nights?: number }>();
  same<Infer<typeof valibot>, { city: string; nights: number }>();
  // @ts-expect-error -- the proof itself must be able to fail
  same<Infer<typeof Trip>, { city: string }>();
  // @ts-expect-error -- this one too
  alike<Size, Colour>();
});

test('what a question of each form gives', () => {
  same<FormData<typeof Trip>, Trip>();
  same<FormData<typeof zod>, Infer<typeof zod>>();
  same<FormData<typeof box>, Infer<typeof box>>();
  same<FormData<typeof ark>, Infer<typeof ark>>();
  same<FormData<StringConstructor>, string>();
  same<FormData<NumberConstructor>, number>();
  same<FormData<typeof Integer>, number>();
  same<FormData<BooleanConstructor>, boolean>();
  same<FormData<readonly ['a', 'b']>, 'a' | 'b'>();
  same<FormData<readonly [readonly ['a', 'b']]>, ('a' | 'b')[]>();
  same<FormData<{ readonly low: 'Low priority'; readonly high: 'High' }>, 'low' | 'high'>();
  alike<FormData<typeof Size>, Size>();
});

type DataOf<Answer> = Extract<Awaited<Answer>, { action: 'accept' }> extends { data: infer T } ? T : never;

/** Never called: it need only compile. */
function asks(ctx: Context) {
  const two = ['a', 'b'] as const;
  return {
    trip: ctx.elicit('?', Trip),
    zod: ctx.elicit('?', z.object({ a: z.number() })),
    box: ctx.elicit('?', Type.Object({ a: Type.Number() })),
    ark: ctx.elicit('?', type({ a: 'number' })),
    one: ctx.elicit('?', ['a', 'b']),
    constant: ctx.elicit('?', two),
    several: ctx.elicit('?', [['a', 'b']]),
    titled: ctx.elicit('?', { low: 'Low priority', high: 'High' }),
    numeric: ctx.elicit('?', Size),
    strings: ctx.elicit('?', enumChoices(Colour)),
    many: ctx.elicit('?', enumChoices(Colour).many({ max: 1 })),
    chosen: ctx.elicit('?', choices('a', 'b')),
    chosenTitled: ctx.elicit('?', choices({ low: 'Low', high: 'High' }).many()),
    required: ctx.elicit('?', z.object({ a: z.number() }), { required: true }),
    wrong: () => {
      // @ts-expect-error -- a bare string enum looks like a map of titles at run time
      void ctx.elicit('?', Colour);
      // @ts-expect-error -- nothing is asked for: ctx.confirm is meant
      void ctx.elicit('?');
      // @ts-expect-error -- nothing is asked for
      void ctx.elicit('?', undefined);
      // @ts-expect-error -- a bare valibot schema cannot state its JSON Schema
      void ctx.elicit('?', bare);
      // @ts-expect-error -- a choice of what is no string
      void ctx.elicit('?', [1, 2]);
    },
  };
}

test('ctx.elicit is typed by its form', () => {
  type Asked = { [K in keyof ReturnType<typeof asks>]: DataOf<ReturnType<typeof asks>[K]> };
  same<Asked['trip'], Trip>();
  same<Asked['zod'], { a: number }>();
  same<Asked['box'], { a: number }>();
  same<Asked['ark'], { a: number }>();
  same<Asked['one'], 'a' | 'b'>();
  same<Asked['constant'], 'a' | 'b'>();
  same<Asked['several'], ('a' | 'b')[]>();
  same<Asked['titled'], 'low' | 'high'>();
  alike<Asked['numeric'], Size>();
  alike<Asked['strings'], Colour>();
  alike<Asked['many'], Colour[]>();
  same<Asked['chosen'], 'a' | 'b'>();
  same<Asked['chosenTitled'], ('low' | 'high')[]>();
  same<Asked['required'], { a: number }>();
  const types: FormType[] = [Trip, zod, box, ark, valibot, Size, Integer];
  expect(types).toHaveLength(7);
});

test('a parameter that does not take what its schema gives does not compile', () => {
  class Handlers {
    @Tool({ output: zod }) zod(@Args(zod) _args: Infer<typeof zod>) {}
    @Tool() box(_ctx: Context, @Args(box) _args: Infer<typeof box>) {}
    @Tool() ark(@Args(ark) { city }: { city: string }) {
      return city;
    }
    @Prompt() valibot(@Args(valibot) _args: Infer<typeof valibot>) {}
    @Tool() dto(@Args(Trip) _trip: Trip) {}
    @Tool() wider(@Args(Trip) _trip: unknown) {}
    // @ts-expect-error -- nights is a number
    @Tool() wrong(@Args(zod) _args: { city: string; nights: string }) {}
    // @ts-expect-error -- the class gives no colour
    @Tool() more(@Args(Trip) _trip: { colour: string }) {}
    // @ts-expect-error -- the first parameter would fit, the second does not
    @Tool() second(_city: Infer<typeof ark>, @Args(ark) _args: number) {}
    // @ts-expect-error -- a bare valibot schema cannot state its JSON Schema
    @Tool() bare(@Args(bare) _args: object) {}
    // @ts-expect-error -- JSON Schema by hand is no schema of a library
    @Tool({ input: { type: 'object' } satisfies JsonSchema }) raw() {}
  }
  expect(Handlers).toBeDefined();
});
