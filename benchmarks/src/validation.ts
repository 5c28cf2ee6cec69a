import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { Compile } from 'typebox/compile';
// Inside the package: validation has no public entry of its own.
import { compileSchema } from '../../packages/core/dist/schema/index.js';
import { Booking } from './booking-class.js';
import { booking, GroupBooking, groupBooking, typeBoxBooking, wrongBooking } from './booking.js';
import { takeTurns, timed, timedSync } from './measure.js';
import { printTable } from './report.js';

const strict = { whitelist: true, forbidNonWhitelisted: true };
const schedule = { rounds: 60, calls: 1000 };

/** What checking the arguments of a call costs, beside doing it by hand. */
export async function benchValidation(): Promise<void> {
  await againstHand('class-validator, 6 fields, accepted', Booking, booking);
  await againstHand(
    'class-validator, 6 fields, one a list of 2 objects, accepted',
    GroupBooking,
    groupBooking,
  );
  // By hand there is a tree of errors, with us a line for each problem with its path: no aim.
  await againstHand('class-validator, 6 fields, 3 of them refused', Booking, wrongBooking, {});
  await againstTypeBox();
}

async function againstHand(
  title: string,
  dto: new () => object,
  value: object,
  aims: Readonly<Record<string, string>> = { Reprise: 'aim: ≤ 1.10' },
): Promise<void> {
  const schema = compileSchema(dto, title);
  const samples = await takeTurns(
    {
      'plainToInstance + validate, by hand': timed(() => validate(plainToInstance(dto, value))),
      'the same, unknown properties refused': timed(() => validate(plainToInstance(dto, value), strict)),
      Reprise: timed(() => schema.parse(value)),
    },
    schedule,
  );
  printTable(title, 'µs', samples, aims);
}

async function againstTypeBox(): Promise<void> {
  const schema = compileSchema(typeBoxBooking, 'booking');
  const compiled = Compile(typeBoxBooking);
  // A handler is called after an await in any case.
  const check = async () => compiled.Check(booking);
  const samples = await takeTurns(
    {
      'compiled check, awaited': timed(check),
      'compiled check': timedSync(() => compiled.Check(booking)),
      Reprise: timed(() => schema.parse(booking)),
    },
    { rounds: 60, calls: 20_000 },
  );
  printTable('TypeBox, 6 fields, accepted', 'µs', samples, { Reprise: 'aim: ≤ 1.30' });
}
