import { Title } from '@reprise/core';
import * as v from 'class-validator';

class Place {
  @v.IsString() city!: string;
}

/** Leaves to the compiler what the compiler knows. */
export class Visit {
  @Title('Name of the visitor') visitor!: string;
  @v.ValidateNested() place!: Place;
  @v.Min(1) @v.IsOptional() nights?: number;
}
