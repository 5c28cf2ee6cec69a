/** What a page of the guide tells its reader to do: files to write and commands to run, from what can be seen on it. */
import { labelOf } from '../snippets.mjs';

const fence = /^```(\w+)?$/;
const named = /`([\w./-]+\.(?:[mc]?[jt]s|json))`[^`]*:$/;
const frameFile = /<summary>.*<code>([^<]+)<\/code><\/summary>/;
const place = /^(\s*)\/\/ … (.+)$/;

/**
 * Returns the steps in their order, and what a reader could not follow. A block of code goes into the file that the line
 * above it names, at the place in the rest of a file that has its name, or below the block before it.
 */
export function stepsOf(markdown) {
  const blocks = blocksOf(markdown);
  const frames = blocks.filter(({ frame }) => frame !== undefined);
  const places = new Set(
    frames.flatMap(({ text }) => text.split('\n').flatMap((line) => labelIn(line) ?? [])),
  );
  const faults = [];
  const steps = [];
  const pieces = new Map();
  let file;
  for (const [at, block] of blocks.entries()) {
    const { language, line, text } = block;
    const label = labelOf(text);
    if (block.frame !== undefined) continue;
    if (block.file !== undefined) steps.push((file = { kind: 'file', file: block.file, line, text }));
    else if (language === 'sh') steps.push({ kind: 'commands', line, text });
    else if (language === 'text' && blocks[at - 1]?.language === 'sh')
      steps.push({ kind: 'output', line, text });
    else if (language !== 'ts' && language !== 'js') continue;
    else if (pieces.has(label)) faults.push(`line ${line}: there are two blocks with ${label}`);
    else if (places.has(label)) pieces.set(label, text);
    else if (file !== undefined) file.text += `\n\n${text}`;
    else faults.push(`line ${line}: it does not say where this code belongs`);
  }
  for (const { frame, text, line } of frames)
    steps.push({ kind: 'file', file: frame, line, text: fill(text, pieces, faults) });
  return { steps: steps.sort((one, other) => one.line - other.line), faults };
}

function blocksOf(markdown) {
  const lines = markdown.split('\n');
  const blocks = [];
  let above = '';
  let summary;
  for (let at = 0; at < lines.length; at++) {
    const [opens, language] = fence.exec(lines[at]) ?? [];
    if (opens !== undefined) {
      const close = lines.indexOf('```', at + 1);
      const [, file] = named.exec(above) ?? [];
      blocks.push({
        language,
        file,
        frame: summary,
        line: at + 1,
        text: lines.slice(at + 1, close).join('\n'),
      });
      at = close;
      above = '';
    } else if (lines[at].includes('</details>')) summary = undefined;
    else {
      summary = frameFile.exec(lines[at])?.[1] ?? summary;
      if (lines[at].trim() !== '' && !lines[at].startsWith('<!--')) above = lines[at];
    }
  }
  return blocks;
}

function labelIn(line) {
  return place.exec(line)?.[2];
}

function fill(text, pieces, faults) {
  const lines = text.split('\n').flatMap((line) => {
    const label = labelIn(line);
    if (label === undefined) return [line];
    if (!pieces.has(label)) faults.push(`no block of the page is "${label}"`);
    const [, indent] = place.exec(line);
    const code = pieces.get(label) ?? '';
    return code.split('\n').map((each) => (each === '' ? each : indent + each));
  });
  return lines.join('\n');
}
