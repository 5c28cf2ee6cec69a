const fence = /^```(\w+)?/;
const comment = /^<!--\s*(empty folder|file: (\S+))\s*-->$/;

/** What a page tells its reader to do: one list of steps for each empty folder it begins with. */
export function stepsOf(markdown) {
  const lines = markdown.split('\n');
  const roads = [];
  let path;
  for (let at = 0; at < lines.length; at++) {
    const [, word, named] = comment.exec(lines[at].trim()) ?? [];
    if (word === 'empty folder') roads.push([]);
    else if (named !== undefined) path = named;

    const [opens, language] = fence.exec(lines[at]) ?? [];
    if (opens === undefined) continue;
    const close = lines.indexOf('```', at + 1);
    const step = stepOf({ language, path, text: lines.slice(at + 1, close).join('\n') });
    if (step !== undefined) roads.at(-1)?.push({ ...step, line: at + 1 });
    path = undefined;
    at = close;
  }
  return roads;
}

function stepOf({ language, path, text }) {
  if (path !== undefined) return { kind: 'file', what: path, path, text: `${text}\n` };
  if (language === 'sh') return { kind: 'commands', what: text.split('\n').join(' && '), text };
  if (language === 'text') return { kind: 'output', what: 'prints what is shown', text };
  return undefined;
}
