/** Whether an Accept header admits a media type (`application/json`). No header admits everything. */
export function accepts(header: string | undefined, type: string): boolean {
  if (header === undefined) return true;
  const family = `${type.slice(0, type.indexOf('/'))}/*`;
  return header.split(',').some((entry) => {
    const [range = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    const refused = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    return !refused && (range === type || range === family || range === '*/*');
  });
}
