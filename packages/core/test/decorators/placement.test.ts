import { expect, test } from '@jest/globals';
import {
  Args,
  Complete,
  createParamDecorator,
  Ctx,
  Param,
  Prompt,
  Resource,
  Server,
  Title,
  Tool,
} from '../../src/decorators/index.js';
import { propertiesOf, recordsOf } from '../../src/metadata/index.js';

const codes = (cls: abstract new (...args: never[]) => object) =>
  recordsOf(cls).mistakes.map(({ code }) => code);
const messages = (cls: abstract new (...args: never[]) => object) =>
  recordsOf(cls).mistakes.map(({ message }) => message);

test('decorators on static methods do not compile, and are noted where types are not checked', () => {
  class Desk {
    // @ts-expect-error static methods are no handlers
    @Tool()
    // @ts-expect-error nor are their parameters filled
    static book(@Ctx() ctx: object): string {
      return String(ctx);
    }
  }
  expect(codes(Desk)).toEqual(['MISPLACED_DECORATOR', 'MISPLACED_DECORATOR']);
  expect(messages(Desk)).toContainEqual(
    'Desk.book: @Tool stands on a static method. Remove `static`: handlers are methods of an instance.',
  );
});

test('parameter decorators on constructors do not compile, and are noted where types are not checked', () => {
  class Desk {
    constructor(
      // @ts-expect-error constructors are served by the container
      @Ctx() readonly ctx: object,
    ) {}
  }
  expect(messages(Desk)).toEqual([
    expect.stringMatching(/^Desk\.constructor, parameter 1: @Ctx stands on a constructor/),
  ]);
});

test('two decorators on one parameter are noted', () => {
  class Desk {
    @Tool() book(@Args() @Ctx() both: object): string {
      return String(both);
    }
  }
  expect(messages(Desk)).toEqual([expect.stringMatching(/^Desk\.book, parameter 1: two decorators/)]);
});

test('decorators on static properties of a DTO do not compile, and are thrown where types are not checked', () => {
  class Trip {
    // @ts-expect-error the data of a DTO is in its instances
    @Title('City') static city: string;
  }
  expect(() => propertiesOf(Trip)).toThrow(
    expect.objectContaining({ code: 'MISPLACED_DECORATOR', where: 'Trip.city', fix: expect.any(String) }),
  );
});

test('places that TypeScript refuses', () => {
  const decorated = () => {
    // @ts-expect-error a class needs a method execute
    @Tool()
    class WithoutExecute {}

    // @ts-expect-error so it does for @Resource
    @Resource('a://b')
    class ResourceWithoutExecute {}

    class Desk {
      // @ts-expect-error properties are no handlers
      @Tool() tool = 'x';

      // @ts-expect-error accessors are no handlers
      @Prompt() get prompt(): string {
        return '';
      }

      // @ts-expect-error @Server is for classes
      @Server({ name: 'a', version: '1' }) server(): void {}

      // @ts-expect-error @Complete names its target
      @Complete({ prompt: 'x' }) complete(): string[] {
        return [];
      }

      // @ts-expect-error @Param is for parameters
      @Param('x') param(): void {}

      // @ts-expect-error @Title is for properties of a DTO
      @Title('x') title(): void {}
    }

    // @ts-expect-error a class needs an execute
    @Complete({ prompt: 'x', argument: 'y' })
    class Completes {}
    return [WithoutExecute, ResourceWithoutExecute, Desk, Completes];
  };
  expect(decorated).toBeInstanceOf(Function); // checked by the compiler, not run
});

test('places where decorators belong', () => {
  const Principal = createParamDecorator((context) => context.requestId, 'Principal');

  @Tool()
  class WithExecute {
    execute(@Principal() who: string | number): string {
      return String(who);
    }
  }
  abstract class Base {
    @Tool() protected hidden(): number {
      return 1;
    }
  }
  expect(recordsOf(WithExecute).members.get('execute')?.params.get(0)).toMatchObject({ label: 'Principal' });
  class Invoice {
    @Title('Sum') get sum(): number {
      return 1;
    }
    @Title('Lines') lines!: string[];
  }
  expect([...propertiesOf(Invoice).keys()]).toEqual(['sum', 'lines']);
  expect([...recordsOf(Base).members.keys()]).toEqual(['hidden']);
});
