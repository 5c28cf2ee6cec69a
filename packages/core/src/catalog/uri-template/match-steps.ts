/** A piece of a template: text to find as it is, or a variable of one or more characters. */
export type Step =
  | { readonly kind: 'literal'; readonly text: string }
  /** `stops`: characters the variable cannot contain. */
  | { readonly kind: 'variable'; readonly name: string; readonly stops: string };

/**
 * Splits a text by steps; undefined where it does not fit. Where more than one split fits, earlier variables are shorter.
 * Works from the end through a table of `steps × characters`: no backtracking, so no input makes it slow.
 */
export function matchSteps(
  steps: readonly Step[],
  text: string,
): [name: string, value: string][] | undefined {
  const fits = table(steps, text);
  if (fits[0]?.[0] !== 1) return undefined;
  const values: [string, string][] = [];
  let position = 0;
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'literal') {
      position += step.text.length;
      continue;
    }
    const start = position;
    do position++;
    while (fits[index + 1]?.[position] !== 1);
    values.push([step.name, text.slice(start, position)]);
  }
  return values;
}

/** `table[i][p]` is 1 where the steps from i on fit the text from p to its end. */
function table(steps: readonly Step[], text: string): readonly Uint8Array[] {
  const last = new Uint8Array(text.length + 1);
  last[text.length] = 1;
  const rows: Uint8Array[] = [last];
  for (const step of steps.toReversed()) {
    rows.unshift(row(step, text, rows[0] ?? last));
  }
  return rows;
}

function row(step: Step, text: string, next: Uint8Array): Uint8Array<ArrayBuffer> {
  const fits = new Uint8Array(text.length + 1);
  for (let at = text.length - 1; at >= 0; at--) {
    if (step.kind === 'literal') {
      if (next[at + step.text.length] === 1 && text.startsWith(step.text, at)) fits[at] = 1;
    } else if (!step.stops.includes(text.charAt(at)) && (next[at + 1] === 1 || fits[at + 1] === 1)) {
      fits[at] = 1;
    }
  }
  return fits;
}
