import { Default, Title } from '@reprise/core';
import { Type } from 'class-transformer';
import * as v from 'class-validator';

enum Size {
  Small = 1,
  Large = 2,
}

class Line {
  @v.IsString() @v.MinLength(3) sku!: string;
  @v.IsOptional() @v.IsInt() @v.Min(1) quantity?: number;
}

class Card {
  @v.IsIn(['card']) kind!: 'card';
  @v.IsCreditCard() number!: string;
}

class Invoice {
  @v.IsIn(['invoice']) kind!: 'invoice';
  @v.IsEmail() to!: string;
}

/** Says all that a schema needs with rules and @Type, so it needs nothing from the compiler. */
export class Order {
  @Title('Order number') @v.IsUUID() id!: string;
  @v.IsDate() at!: Date;
  @v.IsEnum(Size) size!: Size;
  @Default(false) @v.IsBoolean() gift!: boolean;
  @v.IsString({ each: true }) @v.ArrayUnique() tags!: string[];
  @v.ValidateNested({ each: true }) @Type(() => Line) @v.ArrayMinSize(1) lines!: Line[];
  @v.IsOptional() @v.ValidateNested() @Type(() => Line) present?: Line;
  @v.ValidateNested()
  @Type(() => Object, {
    discriminator: {
      property: 'kind',
      subTypes: [
        { name: 'card', value: Card },
        { name: 'invoice', value: Invoice },
      ],
    },
    keepDiscriminatorProperty: true,
  })
  payment!: Card | Invoice;

  count(): number {
    return this.lines.reduce((sum, { quantity = 1 }) => sum + quantity, 0);
  }
}
