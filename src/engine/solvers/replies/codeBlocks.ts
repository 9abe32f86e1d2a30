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
const loneTag = /^[ \t]*[<[](\/?)(python|code|begin|answer|solution)[>\]][ \t]*$/im;
/** Prose and a fence on one line: ``Here it is: ```python``. */
const behindProse =
  /^((?:[^`]|`[^`]+`)*(?:[:：]|[^`\s](?=[ \t]*`{3,}[ \t]*\w))[ \t]*)(`{3,})[ \t]*([\w+#-]+)?[ \t]*$/;
/** Code on the line of the fence that opens its block. */
const codeBehindFence =
  /^(?:[\w+#-]+[ \t]+)??((?:async )?(?:def|class|function) \w.*|(?:from|import) \w.*|@\w.*)$/;
/** A line of code with the fence that closes its block behind it. */
const closingBehindCode = /^([^`]*[^`\s][^`]*?)[ \t]*(`{3,}|~{3,})[ \t]*$/;
/** How a text begins that is code up to a fence, the opening one having stood in the prompt. */
const beginsAsCode =
  /^(?:[ \t]*\n)*(?:[ \t]+(?![-*+>\d])\S|(?:async )?def |class |import |from \S+ import|@\w|return |for |if |while |function |const |let |export )/;
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
  return taggedBlocks(reply).slice(-maxBlocks);
}

function taggedBlocks(reply: string): CodeBlock[] {
  let from = 0;
  const pairs = [...reply.matchAll(tagged)].map((found) => {
    const [all, tag = '', text = ''] = found;
    const lead = reply.slice(from, found.index);
    from = found.index + all.length;
    return { tag: tag.toLowerCase(), text, isClosed: true, lead };
  });
  if (pairs.length > 0) return pairs;
  const alone = loneTag.exec(reply);
  if (!alone) return [];
  const [all, slash = '', tag = ''] = alone;
  // The opening mark may have stood in the prompt, and the closing one be what ends the reply.
  return slash === ''
    ? [{ tag: tag.toLowerCase(), ...after(reply, alone.index + all.length, alone.index) }]
    : [{ tag: tag.toLowerCase(), text: reply.slice(0, alone.index), isClosed: true, lead: '' }];
}

function after(reply: string, start: number, end: number): Omit<CodeBlock, 'tag'> {
  return { text: reply.slice(start), isClosed: false, lead: reply.slice(0, end) };
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
    if (blocks.length === 0 && info.trim() === '' && isCodeUpToFence(lead)) {
      blocks.push({ tag: '', text: lead, isClosed: true, lead: '' });
      from = at + 1;
      continue;
    }
    const indent = usual ? before : '';
    const begun = codeBehindFence.exec(info.trim())?.[1];
    const textTo = (end: number, last?: string): string =>
      [
        ...(begun === undefined ? [] : [begun]),
        ...withoutIndent(lines.slice(at + 1, end), indent),
        ...(last === undefined ? [] : [last]),
      ].join('\n');
    const { end, text } = endOf(lines, at + 1, fence, textTo, isWhole);
    const words = begun === undefined ? info : info.slice(0, info.length - begun.length);
    blocks.push({
      tag: (words.trim().split(/[\s{:,]/)[0] ?? '').toLowerCase(),
      text,
      isClosed: end !== undefined,
      lead: usual ? lead : `${lead}\n${before}`,
    });
    if (end === undefined) break;
    at = end;
    from = end + 1;
  }
  // A fence that nothing follows opens nothing.
  return blocks.filter(({ isClosed, text }) => isClosed || text.trim() !== '');
}

function isCodeUpToFence(lead: string): boolean {
  const last = lead.trimEnd().split('\n').at(-1) ?? '';
  // A list, or a sentence that leads to the code.
  return beginsAsCode.test(lead) && !/[:：]$/.test(last);
}

/** Where a block ends, and its text; no end where none was written. */
function endOf(
  lines: readonly string[],
  from: number,
  fence: string,
  textTo: (end: number, last?: string) => string,
  isWhole: (text: string) => boolean,
): { readonly end: number | undefined; readonly text: string } {
  const ends = closingLines(lines, from, fence);
  const [first] = ends;
  const isWholeAt = (one: number): boolean => isWhole(`${textTo(one)}\n`);
  const usual = ends.length > 1 ? (ends.find(isWholeAt) ?? first) : first;
  if (usual === undefined || !isWholeAt(usual)) {
    const behind = behindCode(lines, from, fence, usual ?? lines.length).find(({ end, last }) =>
      isWhole(`${textTo(end, last)}\n`),
    );
    if (behind) return { end: behind.end, text: textTo(behind.end, behind.last) };
  }
  return { end: usual, text: textTo(usual ?? lines.length) };
}

/** Lines of code up to `most` with a closing fence behind them; at the end of all, a shorter one too. */
function behindCode(lines: readonly string[], from: number, fence: string, most: number) {
  const found: { end: number; last: string }[] = [];
  for (let end = from; end < most && found.length < maxEnds; end++) {
    const [, last, mark] = closingBehindCode.exec(lines[end] ?? '') ?? [];
    if (last !== undefined && mark?.[0] === fence[0]) found.push({ end, last });
  }
  const end = lines.findLastIndex((line) => line.trim() !== '');
  const rest = /^([^`]*)`{1,2}[ \t]*$/.exec(lines[end] ?? '')?.[1];
  if (rest !== undefined && end >= from && end < most) found.push({ end, last: rest });
  return found;
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
  if (quoted) return lines.map((line) => line.replace(/^[ \t]*(?:>[ \t]?)+/, ''));
  const indentOf = (line: string): number => /^[ \t]*/.exec(line)?.[0].length ?? 0;
  const first = lines.find((line) => line.trim() !== '') ?? '';
  // The fence alone may be indented.
  const width = Math.min(before.length, indentOf(first));
  return lines.map((line) => line.slice(Math.min(indentOf(line), width)));
}
