import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsString, Max, Min, ValidateNested } from 'class-validator';

/** Every call that leaves traces in the journal carries the name they are found under. */
export class Labelled {
  @IsString() label!: string;
}

export class Text {
  @IsString() text!: string;
}

export class CountTo extends Labelled {
  @IsInt() @Min(1) @Max(100) to!: number;
}

export class Pause extends Labelled {
  @IsInt() @Min(0) ms!: number;
}

class Line {
  @IsString() item!: string;
  @IsInt() @Min(1) amount!: number;
}

export class Order {
  @ValidateNested({ each: true }) @Type(() => Line) lines!: Line[];
}

export class ResourceUri {
  @IsString() uri!: string;
}

export class Offer {
  @IsString() name!: string;
  @IsBoolean() offered!: boolean;
}

export class Addressee {
  @IsString() to!: string;
}

/** A form with more than one field. */
export class Person {
  @IsString() name!: string;
  @IsInt() @Min(0) age!: number;
}
