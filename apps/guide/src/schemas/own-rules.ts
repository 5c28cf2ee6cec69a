import { Args, Context, Ctx, describeRule, McpServer, Server, Tool } from '@reprise/core';
import {
  registerDecorator,
  Validate,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';

// #region class
@ValidatorConstraint()
class ShelfMark implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && /^[A-Z]{2}\d{3}$/.test(value);
  }

  defaultMessage(): string {
    return 'must be a shelf mark such as AB123';
  }
}

describeRule(ShelfMark, () => ({ type: 'string', pattern: '^[A-Z]{2}\\d{3}$' }));

class Move {
  @Validate(ShelfMark) to!: string;
}
// #endregion class

// #region decorator
function IsMultipleOf(step: number) {
  return (target: object, propertyName: string) =>
    registerDecorator({
      name: 'isMultipleOf',
      target: target.constructor,
      propertyName,
      constraints: [step],
      validator: {
        validate: (value) => typeof value === 'number' && value % step === 0,
        defaultMessage: () => `must be a multiple of ${step}`,
      },
    });
}

describeRule('isMultipleOf', ([step]) => ({ type: 'number', multipleOf: step }));

class Fine {
  @IsMultipleOf(5) cents!: number;
}
// #endregion decorator

// #region partly
@ValidatorConstraint()
class Isbn13 implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'string' || !/^\d{13}$/.test(value)) return false;
    const sum = Array.from(value, Number).reduce(
      (total, digit, at) => total + digit * (at % 2 === 0 ? 1 : 3),
      0,
    );
    return sum % 10 === 0;
  }

  defaultMessage(): string {
    return 'must be an ISBN with 13 digits, the last of which is right';
  }
}

describeRule(Isbn13, () => ({ type: 'string', pattern: '^\\d{13}$' }), {
  complete: false,
  note: 'An ISBN without dashes; the last digit is a check digit.',
});

class Scan {
  @Validate(Isbn13) isbn!: string;
}
// #endregion partly

@Server({ name: 'library', version: '1.0.0' })
export class OwnRules extends McpServer {
  @Tool({ description: 'Move a book' })
  move(@Args() { to }: Move): string {
    return `Moved to ${to}.`;
  }

  @Tool({ description: 'Pay a fine' })
  pay(@Args() { cents }: Fine): string {
    return `Paid ${cents} cents.`;
  }

  @Tool({ description: 'Scan a book' })
  async scan(@Ctx() ctx: Context): Promise<string> {
    const book = await ctx.elicit('Which book?', Scan, { required: true });
    return `Scanned ${book.data.isbn}.`;
  }

  @Tool({ description: 'Look a book up' })
  lookUp(@Args() { isbn }: Scan): string {
    return `Looked ${isbn} up.`;
  }
}
