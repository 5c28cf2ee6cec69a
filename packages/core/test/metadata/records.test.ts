import { describe, expect, jest, test } from '@jest/globals';
import {
  Arg,
  Ctx,
  Default,
  Description,
  Example,
  Prompt,
  Server,
  Signal,
  Title,
  Tool,
} from '../../src/decorators/index.js';
import { ownRecords, parameterTypes, propertiesOf, recordsOf } from '../../src/metadata/index.js';

class Base {
  @Tool({ title: 'Base first' })
  first(@Arg('a') a: string, @Ctx() ctx: object): string {
    return `${a}${String(ctx)}`;
  }
  @Prompt()
  second(@Arg('b') b: string): string {
    return b;
  }
}

const names = (cls: typeof Base) => [...recordsOf(cls).members.keys()];
const bindings = (cls: typeof Base, member: string) =>
  [...(recordsOf(cls).members.get(member)?.params ?? [])].map(([index, { kind }]) => [index, kind]);
const declared = (cls: typeof Base, member: string) => recordsOf(cls).members.get(member)?.declarations;

describe('records inherit, member by member', () => {
  test('what a subclass does not mention stays, base first', () => {
    class Derived extends Base {
      @Tool() third(): string {
        return '';
      }
    }
    expect(names(Derived)).toEqual(['first', 'second', 'third']);
    expect(names(Base)).toEqual(['first', 'second']);
  });

  test('an override without decorators keeps declaration and bindings', () => {
    class Derived extends Base {
      override first(a: string): string {
        return `derived ${a}`;
      }
    }
    expect(declared(Derived, 'first')).toEqual(declared(Base, 'first'));
    expect(bindings(Derived, 'first').sort()).toEqual([
      [0, 'arg'],
      [1, 'context'],
    ]);
    expect(parameterTypes(Derived, 'first')).toEqual([String, Object]);
  });

  test('an override with a component decorator starts anew, in the place of the base', () => {
    class Derived extends Base {
      @Tool({ name: 'other' })
      override first(@Arg('z') z: string): string {
        return z;
      }
    }
    expect(declared(Derived, 'first')).toEqual([{ kind: 'tool', options: { name: 'other' } }]);
    expect(bindings(Derived, 'first')).toEqual([[0, 'arg']]);
    expect(names(Derived)).toEqual(['first', 'second']);
    expect(bindings(Base, 'first')).toHaveLength(2);
  });

  test('an override with parameter decorators alone replaces the parameters and keeps the declaration', () => {
    class Derived extends Base {
      override first(@Arg('q') q: string, @Signal() signal: object): string {
        return `${q}${String(signal)}`;
      }
    }
    expect(declared(Derived, 'first')).toEqual(declared(Base, 'first'));
    expect(bindings(Derived, 'first').sort()).toEqual([
      [0, 'arg'],
      [1, 'signal'],
    ]);
  });

  test('@Server options are inherited one by one', () => {
    @Server({ name: 'base', version: '1.0.0', pageSize: 5 })
    class Desk {}
    @Server({ name: 'derived', version: '2.0.0' })
    class SubDesk extends Desk {}
    class Silent extends SubDesk {}
    expect(recordsOf(Silent).server).toEqual({ name: 'derived', version: '2.0.0', pageSize: 5 });
    expect(recordsOf(Desk).server?.name).toBe('base');
  });

  test('two classes of one name share nothing', () => {
    const make = (name: string) => {
      class Same {
        @Tool({ name }) run(): string {
          return name;
        }
      }
      return Same;
    };
    const [one, two] = [make('one'), make('two')];
    expect(recordsOf(one).members.get('run')?.declarations).toMatchObject([{ options: { name: 'one' } }]);
    expect(recordsOf(two).members.get('run')?.declarations).toMatchObject([{ options: { name: 'two' } }]);
  });
});

test('several decorators on one method are kept in reading order', () => {
  class Desk {
    @Tool({ name: 'a' })
    @Tool({ name: 'b' })
    run(): string {
      return '';
    }
  }
  expect(recordsOf(Desk).members.get('run')?.declarations).toMatchObject([
    { options: { name: 'a' } },
    { options: { name: 'b' } },
  ]);
});

test('properties of a DTO carry what is said about them, inheritance included', () => {
  class Base {
    @Title('Full name') @Example('Ada') @Example('Grace') name!: string;
    @Default(3) nights!: number;
  }
  class Derived extends Base {
    @Description('As in the passport') declare name: string;
  }
  expect(Object.fromEntries(propertiesOf(Derived))).toEqual({
    name: { title: 'Full name', description: 'As in the passport', examples: ['Ada', 'Grace'] },
    nights: { default: 3 },
  });
  expect(propertiesOf(Base).get('name')).not.toHaveProperty('description');
});

test('options are copied: changing them afterwards changes nothing', () => {
  const options = { name: 'a' };
  class Desk {
    @Tool(options) run(): string {
      return '';
    }
  }
  options.name = 'b';
  expect(recordsOf(Desk).members.get('run')?.declarations).toMatchObject([{ options: { name: 'a' } }]);
});

test('records are invisible to whoever lists the class', () => {
  class Desk {
    @Tool() run(): string {
      return '';
    }
  }
  expect(Object.keys(Desk)).toEqual([]);
  expect(
    Object.getOwnPropertySymbols(Desk).filter((key) => Object.prototype.propertyIsEnumerable.call(Desk, key)),
  ).toEqual([]);
});

test('records written by a second copy of the package are refused by name', async () => {
  jest.resetModules();
  const second = await import('../../src/decorators/index.js');
  expect(second.Tool).not.toBe(Tool);
  class Desk {
    run(): string {
      return '';
    }
  }
  second.Tool()(Desk.prototype, 'run', Object.getOwnPropertyDescriptor(Desk.prototype, 'run') ?? {});
  class Derived extends Desk {}
  for (const read of [() => recordsOf(Desk), () => recordsOf(Derived), () => ownRecords(Desk)]) {
    expect(read).toThrow(
      expect.objectContaining({ code: 'SECOND_COPY', where: 'Desk', fix: expect.stringContaining('npm ls') }),
    );
  }
});
