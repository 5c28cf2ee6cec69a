import { describe, expect, test } from '@jest/globals';
import { IsString } from 'class-validator';
import {
  Arg,
  Args,
  Complete,
  type Context,
  Ctx,
  Param,
  Prompt,
  Resource,
  type RepriseError,
  Server,
  type ServerOptions,
  StartUpError,
  Tool,
} from '@reprise/core';
import { buildCatalog } from '../../src/catalog/index.js';

class City {
  @IsString() name!: string;
}

type AnyClass = new () => object;

const named = (options: Partial<ServerOptions> = {}) =>
  Server({ name: 'desk', version: '1.0.0', ...options });

async function problemsOf(cls: AnyClass): Promise<readonly RepriseError[]> {
  try {
    await buildCatalog(new cls());
  } catch (thrown) {
    if (thrown instanceof StartUpError) return thrown.problems;
    throw thrown;
  }
  return [];
}

async function onlyProblemOf(
  cls: AnyClass,
): Promise<Pick<RepriseError, 'code' | 'message' | 'where' | 'fix'>> {
  const problems = await problemsOf(cls);
  expect(problems.map(({ message }) => message)).toHaveLength(1);
  const [problem] = problems as [RepriseError]; // one, as just seen
  expect(problem.fix).toMatch(/^[A-Z].*\.$/);
  return problem;
}

/** What the compiler writes for a method, where a test needs to write something else. */
const writeTypes = (cls: AnyClass, member: string, types: unknown[]) =>
  Reflect.defineMetadata('design:paramtypes', types, cls.prototype as object, member);

describe('names', () => {
  test('two tools of one name, both places named', async () => {
    class Second {
      @Tool({ name: 'book' }) reserve(): void {}
    }
    @named({ components: [Second] })
    class Desk {
      @Tool() book(): void {}
    }
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'DUPLICATE_NAME',
      message:
        'Second.reserve: the tool "book" is already declared by Desk.book. Rename or remove one of the two.',
    });
  });

  test('two prompts, two resources, two templates, two completions', async () => {
    @named()
    class Desk {
      @Prompt({ name: 'p' }) one(@Arg('a') a: string): string {
        return a;
      }
      @Prompt({ name: 'p' }) two(): void {}
      @Resource('a://b') three(): void {}
      @Resource('a://b') four(): void {}
      @Resource('a://{x}') five(@Param('x') x: string): string {
        return x;
      }
      @Resource('a://{x}') six(@Param('x') x: string): string {
        return x;
      }
      @Complete({ prompt: 'p', argument: 'a' }) seven(): void {}
      @Complete({ prompt: 'p', argument: 'a' }) eight(): void {}
    }
    const problems = await problemsOf(Desk);
    expect(problems.map(({ code, where }) => [code, where])).toEqual([
      ['DUPLICATE_NAME', 'Desk.two'],
      ['DUPLICATE_NAME', 'Desk.four'],
      ['DUPLICATE_NAME', 'Desk.six'],
      ['DUPLICATE_NAME', 'Desk.eight'],
    ]);
  });

  test('a tool and a prompt may share a name', async () => {
    @named()
    class Desk {
      @Tool() @Prompt() plan(): void {}
    }
    expect(await problemsOf(Desk)).toEqual([]);
  });

  test.each(['', 'with space', 'ä', 'x'.repeat(65)])('the name "%s"', async (name) => {
    @named()
    class Desk {
      @Tool({ name }) book(): void {}
    }
    expect(await onlyProblemOf(Desk)).toMatchObject({ code: 'INVALID_NAME', where: 'Desk.book' });
  });

  test('a URI without scheme, and a malformed template', async () => {
    @named()
    class Desk {
      @Resource('guide') one(): void {}
      @Resource('a://{b') two(): void {}
    }
    expect((await problemsOf(Desk)).map(({ code, where }) => [code, where])).toEqual([
      ['INVALID_NAME', 'Desk.one'],
      ['INVALID_NAME', 'Desk.two'],
    ]);
  });
});

describe('parameters', () => {
  test('one that nobody fills', async () => {
    @named()
    class Desk {
      @Tool() book(@Args() city: City, seats: number): string {
        return `${city.name}${seats}`;
      }
    }
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'UNFILLED_PARAMETER',
      where: 'Desk.book, parameter 2',
      message: expect.stringContaining('of type Number'),
    });
  });

  test('one that nobody fills, in a class without metadata', async () => {
    @named()
    class Desk {
      book(seats: number): number {
        return seats;
      }
    }
    Tool()(Desk.prototype, 'book', { value: Desk.prototype.book });
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'UNFILLED_PARAMETER',
      where: 'Desk.book, parameter 1',
    });
  });

  test.each<[what: string, place: (desk: AnyClass) => void]>([
    ['two @Args', (desk) => [0, 1].forEach((index) => Args(City)(desk.prototype as object, 'book', index))],
    [
      '@Args and @Arg',
      (desk) => {
        Args(City)(desk.prototype as object, 'book', 0);
        Arg('x')(desk.prototype as object, 'book', 1);
      },
    ],
  ])('%s', async (_, place) => {
    class Desk {
      book(a: unknown, b: unknown): unknown[] {
        return [a, b];
      }
    }
    place(Desk);
    Tool()(Desk.prototype, 'book', { value: Desk.prototype.book });
    named()(Desk);
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'MISPLACED_DECORATOR',
      where: 'Desk.book',
      message: expect.stringContaining('more than one way'),
    });
  });

  test('`input` beside @Arg', async () => {
    @named()
    class Desk {
      @Tool({ input: City }) book(@Arg('x') x: string): string {
        return x;
      }
    }
    expect(await onlyProblemOf(Desk)).toMatchObject({ code: 'MISPLACED_DECORATOR', where: 'Desk.book' });
  });

  test('@Arg without a name outside of a completion', async () => {
    @named()
    class Desk {
      @Prompt() plan(@Arg() city: string): string {
        return city;
      }
    }
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'MISPLACED_DECORATOR',
      where: 'Desk.plan, parameter 1 (@Arg)',
    });
  });

  test('two @Arg of one name', async () => {
    @named()
    class Desk {
      @Tool() book(@Arg('city') a: string, @Arg('city') b: string): string {
        return a + b;
      }
    }
    expect(await onlyProblemOf(Desk)).toMatchObject({ code: 'DUPLICATE_NAME', where: 'Desk.book' });
  });

  test('@Param in a tool, @Args in a resource, @Arg in a template, @Param in a completion', async () => {
    @named()
    class Desk {
      @Tool() book(@Param('x') x: string): string {
        return x;
      }
      @Resource('a://b') read(@Args() city: City): string {
        return city.name;
      }
      @Resource('a://{x}') list(@Param('x') x: string, @Arg('y') y: string): string {
        return x + y;
      }
      @Complete({ template: 'a://{x}', variable: 'x' }) complete(@Param('x') x: string): string[] {
        return [x];
      }
    }
    expect((await problemsOf(Desk)).map(({ code, where }) => [code, where])).toEqual([
      ['MISPLACED_DECORATOR', 'Desk.book, parameter 1 (@Param)'],
      ['MISPLACED_DECORATOR', 'Desk.read, parameter 1 (@Args)'],
      ['MISPLACED_DECORATOR', 'Desk.list, parameter 2 (@Arg)'],
      ['MISPLACED_DECORATOR', 'Desk.complete, parameter 1 (@Param)'],
    ]);
  });

  test('decorated parameters of a method that nothing declares', async () => {
    @named()
    class Desk {
      @Tool() book(): void {}
      cancel(@Ctx() ctx: Context): string {
        return String(ctx.requestId);
      }
    }
    expect(await onlyProblemOf(Desk)).toMatchObject({ code: 'MISPLACED_DECORATOR', where: 'Desk.cancel' });
  });
});

describe('templates', () => {
  test('a variable without @Param', async () => {
    @named()
    class Desk {
      @Resource('city://{name}/{part}') guide(@Param('name') name: string): string {
        return name;
      }
    }
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'TEMPLATE_VARIABLE',
      where: 'Desk.guide',
      message: expect.stringContaining('"part"'),
    });
  });

  test('@Param without a variable', async () => {
    @named()
    class Desk {
      @Resource('city://rome') rome(@Param('name') name: string): string {
        return name;
      }
      @Resource('city://{name}') guide(@Ctx() ctx: Context, @Param('nmae') name: string): string {
        return `${String(ctx)}${name}`;
      }
    }
    expect((await problemsOf(Desk)).map(({ code, where, fix }) => [code, where, fix])).toEqual([
      ['TEMPLATE_VARIABLE', 'Desk.rome, parameter 1 (@Param)', 'Put {name} into the URI.'],
      ['TEMPLATE_VARIABLE', 'Desk.guide, parameter 2 (@Param)', 'Use one of: name.'],
      ['TEMPLATE_VARIABLE', 'Desk.guide', "Add a parameter with @Param('name'), or remove the variable."],
    ]);
  });
});

describe('types', () => {
  const deskWith = (types: unknown[] | undefined) => {
    class Desk {
      book(city: City): string {
        return city.name;
      }
    }
    Args()(Desk.prototype, 'book', 0);
    Tool()(Desk.prototype, 'book', { value: Desk.prototype.book });
    if (types !== undefined) writeTypes(Desk, 'book', types);
    named()(Desk);
    return Desk;
  };

  test.each<[types: unknown[] | undefined, code: string, fix: RegExp]>([
    [undefined, 'MISSING_METADATA', /emitDecoratorMetadata; tsx and esbuild cannot.*@Args\(TripRequest\)/],
    [[Object], 'TYPE_ONLY_IMPORT', /without `type`/],
    [[Function], 'TYPE_ONLY_IMPORT', /without `type`/],
    [[undefined], 'CIRCULAR_IMPORT', /does not import this one/],
    [[String], 'UNSUPPORTED_TYPE', /@Arg\('name'\)/],
  ])('@Args of %s', async (types, code, fix) => {
    expect(await onlyProblemOf(deskWith(types))).toMatchObject({
      code,
      where: 'Desk.book, parameter 1 (@Args)',
      fix: expect.stringMatching(fix),
    });
  });

  test('@Args of a class that was undefined', async () => {
    class Desk {
      book(city: unknown): unknown {
        return city;
      }
    }
    Args(undefined as never)(Desk.prototype, 'book', 0);
    Tool()(Desk.prototype, 'book', { value: Desk.prototype.book });
    writeTypes(Desk, 'book', [City]);
    named()(Desk);
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'CIRCULAR_IMPORT',
      where: 'Desk.book, parameter 1 (@Args)',
    });
  });

  test('an interface as type of @Args', async () => {
    interface Shape {
      name: string;
    }
    @named()
    class Desk {
      @Tool() book(@Args() city: Shape): string {
        return city.name;
      }
    }
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'TYPE_ONLY_IMPORT',
      where: 'Desk.book, parameter 1 (@Args)',
    });
  });

  test('a class that is named needs no metadata', async () => {
    class Desk {
      book(city: City): string {
        return city.name;
      }
    }
    Args(City)(Desk.prototype, 'book', 0);
    Tool()(Desk.prototype, 'book', { value: Desk.prototype.book });
    named()(Desk);
    expect(await problemsOf(Desk)).toEqual([]);
  });

  test('@Arg without metadata', async () => {
    class Desk {
      book(city: string): string {
        return city;
      }
    }
    Arg('city')(Desk.prototype, 'book', 0);
    Tool()(Desk.prototype, 'book', { value: Desk.prototype.book });
    named()(Desk);
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'MISSING_METADATA',
      where: 'Desk.book, parameter 1 (@Arg)',
    });
  });

  test('@Arg of a type that says nothing', async () => {
    @named()
    class Desk {
      @Tool() book(@Arg('city') city: string | number): string {
        return String(city);
      }
    }
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'UNSUPPORTED_TYPE',
      where: expect.stringContaining('Desk.book, parameter 1'),
    });
  });
});

describe('components', () => {
  class Service {}
  class Weather {
    constructor(
      readonly service: Service,
      readonly unit: string,
    ) {}
    execute(): string {
      return this.unit;
    }
  }
  Tool()(Weather);
  Reflect.defineMetadata('design:paramtypes', [Service, String], Weather);

  test('a class that carries no decorator', async () => {
    @named({ components: [City, Service] })
    class Desk {}
    expect((await problemsOf(Desk)).map(({ code, where, message }) => [code, where, message])).toEqual([
      ['NOT_A_COMPONENT', 'Desk, components[0]', expect.stringContaining('City carries no')],
      ['NOT_A_COMPONENT', 'Desk, components[1]', expect.stringContaining('Service carries no')],
    ]);
  });

  test('another server', async () => {
    @named()
    class Other {
      @Tool() book(): void {}
    }
    @named({ components: [Other] })
    class Desk {}
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'NOT_A_COMPONENT',
      where: 'Desk, components[0]',
    });
  });

  test('a class whose decorators are all in wrong places says so', async () => {
    class Wrong {
      book(@Ctx() ctx: Context): string {
        return String(ctx);
      }
      static cancel(): void {}
    }
    Tool()(Wrong as never, 'cancel', {});
    @named({ components: [Wrong] })
    class Desk {}
    expect((await problemsOf(Desk)).map(({ code, where }) => [code, where])).toEqual([
      ['MISPLACED_DECORATOR', 'Wrong.cancel'],
      ['MISPLACED_DECORATOR', 'Wrong.book'],
    ]);
  });

  test('something that is no class', async () => {
    @named({ components: [{} as never] })
    class Desk {}
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'NOT_A_COMPONENT',
      where: 'Desk, components[0]',
    });
  });

  test('a class that is undefined', async () => {
    @named({ components: [undefined as never] })
    class Desk {}
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'CIRCULAR_IMPORT',
      where: 'Desk, components[0]',
    });
  });

  test('a decorated class without execute', async () => {
    class Empty {}
    Tool()(Empty as new () => { execute(): void });
    @named({ components: [Empty] })
    class Desk {}
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'MISPLACED_DECORATOR',
      where: 'Empty.execute',
      fix: expect.stringContaining('"execute"'),
    });
  });

  test('a constructor with parameters and no container', async () => {
    @named({ components: [Weather] })
    class Desk {}
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'NO_INSTANCE',
      where: 'Weather',
      message: expect.stringContaining('takes Service, String, and there is no container'),
    });
  });

  test('a constructor that throws', async () => {
    class Broken {
      constructor() {
        throw new Error('no key');
      }
      @Tool() run(): void {}
    }
    @named({ components: [Broken] })
    class Desk {}
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'NO_INSTANCE',
      where: 'Broken',
      cause: expect.objectContaining({ message: 'no key' }),
    });
  });

  test.each<[what: string, get: () => unknown]>([
    ['returns nothing', () => undefined],
    ['returns something else', () => 'weather'],
    [
      'throws',
      () => {
        throw new Error('not registered');
      },
    ],
    ['rejects', () => Promise.reject(new Error('not registered'))],
  ])('a container that %s', async (_, get) => {
    @named({ components: [Weather], container: { get: get as () => object } })
    class Desk {}
    expect(await onlyProblemOf(Desk)).toMatchObject({
      code: 'NO_INSTANCE',
      where: 'Weather',
      message: expect.stringContaining('the container'),
    });
  });
});

describe('completions', () => {
  test('of what does not exist', async () => {
    @named()
    class Desk {
      @Prompt() weekend(@Arg('city') city: string): string {
        return city;
      }
      @Complete({ prompt: 'week', argument: 'city' }) one(): void {}
      @Complete({ prompt: 'weekend', argument: 'town' }) two(): void {}
      @Complete({ template: 'city://{name}', variable: 'name' }) three(): void {}
      @Complete({ prompt: 'weekend', argument: 'city' }) four(@Arg('country') country: string): string[] {
        return [country];
      }
    }
    expect((await problemsOf(Desk)).map(({ code, message }) => [code, message])).toEqual([
      ['UNKNOWN_COMPLETION_TARGET', 'Desk.one: there is no prompt "week". Name one of: prompt "weekend".'],
      [
        'UNKNOWN_COMPLETION_TARGET',
        'Desk.two: there is no "town" in the prompt "weekend". Name one of: city.',
      ],
      [
        'UNKNOWN_COMPLETION_TARGET',
        'Desk.three: there is no template "city://{name}". Name one of: prompt "weekend".',
      ],
      [
        'UNKNOWN_COMPLETION_TARGET',
        'Desk.four: there is no "country" in the prompt "weekend". Name one of: city.',
      ],
    ]);
  });
});

describe('the server', () => {
  test('without @Server', async () => {
    class Desk {
      @Tool() book(): void {}
    }
    expect(await onlyProblemOf(Desk)).toMatchObject({ code: 'NOT_A_SERVER', where: 'Desk' });
  });

  test('with options that cannot work', async () => {
    @Server({ name: '', version: '', pageSize: 0.5, cache: { ttlMs: -1, cacheScope: 'public' } })
    class Desk {}
    const problems = await problemsOf(Desk);
    expect(problems.map(({ code, where }) => [code, where])).toEqual(
      ['name', 'version', 'pageSize', 'cache'].map((option) => [
        'INVALID_OPTION',
        `Desk, @Server option ${option}`,
      ]),
    );
  });

  test('what decorators noted is reported too', async () => {
    class Desk {
      static book(): void {}
    }
    Tool()(Desk as never, 'book', { value: Desk.book });
    named()(Desk);
    expect(await onlyProblemOf(Desk)).toMatchObject({ code: 'MISPLACED_DECORATOR', where: 'Desk.book' });
  });

  test('every mistake is in the message, each on its line with its code', async () => {
    @named({ components: [City] })
    class Desk {
      @Tool({ name: 'no good' }) @Prompt() book(seats: number): number {
        return seats;
      }
    }
    await expect(buildCatalog(new Desk())).rejects.toThrow(
      expect.objectContaining({
        code: 'START_UP',
        message: expect.stringMatching(
          /^Desk cannot start, 3 problem\(s\) found:\n {2}NOT_A_COMPONENT .*\n {2}INVALID_NAME .*\n {2}UNFILLED_PARAMETER .*$/,
        ),
      }),
    );
  });
});
