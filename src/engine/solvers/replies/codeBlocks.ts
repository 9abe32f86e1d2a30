/** A piece of a reply that was set off as code. */
export interface CodeBlock {
  /** The word behind the opening fence, lower case; empty where there is none. */
  readonly tag: string;
  readonly text: string;
  /** False where the reply ends inside it. */
  readonly isClosed: boolean;
  /** What stands between the code before it and this. */
  readonly lead: string;
}

const maxBlocks = 100;
const opening =
  /^([ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\d+[.)])[ \t]+)?[ \t]*)(`{3,}|~{3,})[ \t]*([^`\n]*)$/;
const oneLine = /^[ \t]*`{3,}[ \t]*([\w+#-]+[ \t]+)?([^`\n]+?)`{3,}[ \t]*$/;
const tagged =
  /^[ \t]*(?:<pre[^>\n]*>\s*)?[<[](python|code|javascript|typescript)(?: [^>\n]*)?[>\]]\n?([^]*?)[<[]\/\1[>\]]/gim;
/** Prose and a fence on one line: ``Here it is: ```python``. */
const behindProse =
  /^((?:[^`]|`[^`]+`)*(?:[:：]|[^`\s](?=[ \t]*`{3,}[ \t]*\w))[ \t]*)(`{3,})[ \t]*([\w+#-]+)?[ \t]*$/;
/** Closing fences looked at for the one that ends a block. */
const maxEnds = 8;

/**
 * The code blocks of a reply in order: Markdown fences of any length, in lists and quotations too,
 * and tags that some models write in their place (`[PYTHON]`, `<code>`). A fence that stands inside
 * a string or a comment ends nothing: where `isWhole` says that the text up to it is no program,
 * and a longer one is, the block goes on.
 */
export function codeBlocks(
  reply: string,
  isWhole: (text: string) => boolean = () => true,
): CodeBlock[] {
  const fenced = fencedBlocks(reply, isWhole);
  if (fenced.length > 0) return fenced.slice(-maxBlocks);
  let from = 0;
  return [...reply.matchAll(tagged)]
    .map((found) => {
      const [all, tag = '', text = ''] = found;
      const lead = reply.slice(from, found.index);
      from = found.index + all.length;
      return { tag: tag.toLowerCase(), text, isClosed: true, lead };
    })
    .slice(-maxBlocks);
}

function fencedBlocks(reply: string, isWhole: (text: string) => boolean): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = reply.split('\n');
  let from = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const lead = lines.slice(from, at).join('\n');
    const single = oneLine.exec(line);
    if (single) {
      const [, tag = '', text = ''] = single;
      blocks.push({ tag: tag.trim().toLowerCase(), text, isClosed: true, lead });
      from = at + 1;
      continue;
    }
    const usual = opening.exec(line);
    const open = usual ?? behindProse.exec(line);
    if (!open) continue;
    const [, before = '', fence = '', info = ''] = open;
    const indent = usual ? before : '';
    const textTo = (end: number): string =>
      withoutIndent(lines.slice(at + 1, end), indent).join('\n');
    const ends = closingLines(lines, at + 1, fence);
    const [first] = ends;
    const end =
      ends.length > 1 ? (ends.find((one) => isWhole(`${textTo(one)}\n`)) ?? first) : first;
    blocks.push({
      tag: (info.trim().split(/[\s{:,]/)[0] ?? '').toLowerCase(),
      text: textTo(end ?? lines.length),
      isClosed: end !== undefined,
      lead: usual ? lead : `${lead}\n${before}`,
    });
    if (end === undefined) break;
    at = end;
    from = end + 1;
  }
  return blocks;
}

function closingLines(lines: readonly string[], from: number, fence: string): number[] {
  const mark = fence[0] ?? '`';
  const found: number[] = [];
  for (let at = from; at < lines.length && found.length < maxEnds; at++) {
    const text = (lines[at] ?? '').replace(/^[ \t>]*/, '').trimEnd();
    if (text.length >= fence.length && text === mark.repeat(text.length)) found.push(at);
  }
  return found;
}

/** Takes off what a list or a quotation put before each line, as far as the line has it. */
function withoutIndent(lines: readonly string[], before: string): string[] {
  const quoted = before.includes('>');
  const width = before.replace(/>/g, '').length;
  return lines.map((line) => {
    const bare = quoted ? line.replace(/^[ \t]*(?:>[ \t]?)+/, '') : line;
    const indent = /^[ \t]*/.exec(bare)?.[0].length ?? 0;
    return quoted ? bare : bare.slice(Math.min(indent, width));
  });
}
