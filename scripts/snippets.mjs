/** Finds the code blocks of a Markdown text that copy a source file, and the text they ought to have. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const announcement = /^<!--\s*snippet:\s*([^\s#]+?)(?:#([\w-]+))?\s*-->$/;
const fence = /^(`{3,}|~{3,})/;
const marker = /^\s*(?:\/\/|#|<!--|\/\*)\s*#(end)?region\b/;

/**
 * Returns the Markdown with every announced block brought up to date, and what was wrong:
 * `stale` blocks are mended in the returned text, `broken` ones need a human.
 */
export function syncMarkdown(markdown, root) {
  const lines = markdown.split('\n');
  const out = [];
  const problems = [];
  for (let at = 0; at < lines.length; at++) {
    out.push(lines[at]);
    const [, file, region] = announcement.exec(lines[at].trim()) ?? [];
    if (file === undefined) continue;

    const source = region === undefined ? file : `${file}#${region}`;
    const block = findBlock(lines, at + 1);
    const wanted = block
      ? readSnippet(root, file, region)
      : 'no code block follows; put one below the comment.';
    if (typeof wanted === 'string') {
      problems.push({ line: at + 1, kind: 'broken', text: `${source}: ${wanted}` });
      continue;
    }
    if (lines.slice(block.open + 1, block.close).join('\n') !== wanted.join('\n')) {
      problems.push({
        line: at + 1,
        kind: 'stale',
        text: `${source} differs from its source; run \`npm run snippets\`.`,
      });
    }
    out.push(...lines.slice(at + 1, block.open + 1), ...wanted, lines[block.close]);
    at = block.close;
  }
  return { markdown: out.join('\n'), problems };
}

/** The fence below an announcement; blank lines may stand between, as Prettier likes it. */
function findBlock(lines, from) {
  let open = from;
  while (lines[open]?.trim() === '') open++;
  const [, ticks] = fence.exec(lines[open] ?? '') ?? [];
  if (ticks === undefined) return undefined;
  const close = lines.findIndex((line, at) => at > open && line.trim() === ticks);
  return close === -1 ? undefined : { open, close };
}

/** The lines of a file or of one of its regions, dedented, without region marks; a sentence when there are none. */
function readSnippet(root, file, region) {
  if (!existsSync(join(root, file))) return 'there is no such file; correct the path in the comment.';
  const lines = readFileSync(join(root, file), 'utf8').trimEnd().split('\n');
  if (region === undefined) return dedent(lines.filter((line) => !marker.test(line)));

  const open = lines.findIndex((line) => new RegExp(`#region\\s+${region}\\s*(?:\\*/|-->)?$`).test(line));
  const close = lines.findIndex(
    (line, at) => at > open && new RegExp(`#endregion\\s+${region}\\b`).test(line),
  );
  if (open === -1 || close === -1) {
    return `the file has no region of that name; write \`// #region ${region}\` and \`// #endregion ${region}\` around it.`;
  }
  return dedent(lines.slice(open + 1, close).filter((line) => !marker.test(line)));
}

function dedent(lines) {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents, Infinity);
  return lines.map((line) => line.slice(indent === Infinity ? 0 : indent));
}
