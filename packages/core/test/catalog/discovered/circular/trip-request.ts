import { IsIn } from 'class-validator';
import { cities } from './desk.js';

export class TripRequest {
  @IsIn(cities) city!: string;
}
