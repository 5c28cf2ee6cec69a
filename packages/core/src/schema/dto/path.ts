/** `passengers[0].name` */
export function propertyPath(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}

export function itemPath(prefix: string, index: number | string): string {
  return `${prefix}[${index}]`;
}
