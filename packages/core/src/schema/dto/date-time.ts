const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** The moment an RFC 3339 date-time names; undefined for anything else, days that no calendar has included. */
export function parseDateTime(text: string): Date | undefined {
  const parts = rfc3339.exec(text);
  if (parts === null) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  // A day that the month does not have would be taken for one of the next.
  if (new Date(Date.UTC(year, month - 1, day)).getUTCMonth() !== month - 1) return undefined;
  const moment = new Date(text.toUpperCase().replace(' ', 'T'));
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
