import { Args, Tool } from '@reprise/core';
import { TripRequest } from './trip-request.js';

export const cities = ['Rome'];

export class Desk {
  @Tool() book(@Args() trip: TripRequest): string {
    return trip.city;
  }
}
