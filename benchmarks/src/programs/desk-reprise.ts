import { Args, McpServer, Server, Tool } from '@reprise/core';
import { Booking } from '../booking-class.js';

/** One tool on Reprise. */
@Server({ name: 'desk', version: '1.0.0' })
export class Desk extends McpServer {
  @Tool({ description: 'Book a trip' })
  book(@Args() { destination, nights }: Booking): string {
    return `${nights} nights in ${destination}`;
  }
}
