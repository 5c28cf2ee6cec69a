/** Finds the code blocks of a Markdown text that copy a source file, and the text they ought to have. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const announcement = /^<!--\s*snippet:\s*([^\s#,]+?)(?:#([\w-]+)|(, frame))?\s*-->$/;
const fence = /^(`{3,}|~{3,})/;
const declaration = /^(?:export )?(?:async )?(class|enum|function|interface|type|const) (?:[{[] ?)?(\w+)/;
const methodStart = /^(?:(?:private|protected|override|async) )*\*?(\w+)\((?:.*\): .*\{\}?|.*\) \{\}?)?$/;
const marker = /^\s*(?:\/\/|#|<!--|\/\*)\s*#(end)?region\b/;

/** The announced blocks of a page in their order: the file, the region or `isFrame`, and the text as it stands there. */
export function announcedBlocks(markdown) {
  const lines = markdown.split('\n');
  return lines.flatMap((line, at) => {
    const [, file, region, frame] = announcement.exec(line.trim()) ?? [];
    const block = file === undefined ? undefined : findBlock(lines, at + 1);
    if (!block) return [];
    const text = lines.slice(block.open + 1, block.close).join('\n');
    return [{ file, region, isFrame: frame !== undefined, text, line: block.open + 1 }];
  });
}

/** What a block of code declares, as the frame of its file names it: `class Card`, `search()`. */
export function labelOf(code) {
  const found = code.split('\n').flatMap((line) => {
    const [, kind, name] = declaration.exec(line) ?? [];
    if (kind === 'class' || kind === 'enum') return `${kind} ${name}`;
    if (name !== undefined) return kind === 'function' ? `${name}()` : name;
    const [, method] = methodStart.exec(line) ?? [];
    return method === undefined ? [] : [`${method}()`];
  });
  return found.join(', ');
}

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
    const [, file, region, frame] = announcement.exec(lines[at].trim()) ?? [];
    if (file === undefined) continue;

    const source = region === undefined ? file : `${file}#${region}`;
    const block = findBlock(lines, at + 1);
    const shown = announcedBlocks(markdown).filter((other) => other.file === file);
    const wanted = block
      ? frame
        ? readFrame(root, file, new Set(shown.map((other) => other.region)))
        : readSnippet(root, file, region)
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

/** The file with a comment in the place of each region that the page shows. */
function readFrame(root, file, regions) {
  if (!existsSync(join(root, file))) return 'there is no such file; correct the path in the comment.';
  const out = [];
  let inside;
  for (const line of readFileSync(join(root, file), 'utf8').trimEnd().split('\n')) {
    const [, indent, mark, region] = /^(\s*)(?:\/\/|#) #(region|endregion) ([\w-]+)/.exec(line) ?? [];
    if (inside === undefined && mark === 'region' && regions.has(region)) {
      inside = region;
      out.push(`${indent}// … ${labelOf(readSnippet(root, file, region).join('\n'))}`);
    } else if (inside === undefined && mark === undefined) out.push(line);
    else if (mark === 'endregion' && region === inside) inside = undefined;
  }
  return out;
}

function dedent(lines) {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents, Infinity);
  return lines.map((line) => line.slice(indent === Infinity ? 0 : indent));
}
