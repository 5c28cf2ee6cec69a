interface City {
  /** Of one flight, in euros. */
  readonly fare: number;
  readonly sky: string;
  /** In degrees Celsius. */
  readonly degrees: number;
  readonly tip: string;
}

const cities: Readonly<Record<string, City>> = {
  Lisbon: { fare: 129, sky: 'sunny', degrees: 24, tip: 'Take tram 28 before nine.' },
  Ljubljana: { fare: 89, sky: 'cloudy', degrees: 17, tip: 'The market is open until four.' },
  Oslo: { fare: 149, sky: 'snow', degrees: -4, tip: 'The opera has a roof to walk on.' },
  Rome: { fare: 119, sky: 'sunny', degrees: 21, tip: 'Sant Eustachio has the coffee.' },
};

export const cityNames: readonly string[] = Object.keys(cities);

/** The city of that name; undefined where nobody flies to. */
export function cityOf(name: string): City | undefined {
  return Object.hasOwn(cities, name) ? cities[name] : undefined;
}

export function citiesThatBeginWith(typed: string): string[] {
  return cityNames.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()));
}
