/** How thoughts are set off: the name of a tag, or an opening and a closing mark of any text. */
export type ThinkTag = string | readonly [opening: string, closing: string];

export interface ThinkMarks {
  readonly opening: string;
  readonly closing: string;
}

export function marksOf(tag: ThinkTag): ThinkMarks {
  return typeof tag === 'string'
    ? { opening: `<${tag}>`, closing: `</${tag}>` }
    : { opening: tag[0], closing: tag[1] };
}

/** Marks of models whose servers leave them in the reply: Kimi, Magistral, Seed, Command. */
export const usualTags: readonly ThinkTag[] = [
  'think',
  'thinking',
  'seed:think',
  ['◁think▷', '◁/think▷'],
  ['[THINK]', '[/THINK]'],
  ['<|START_THINKING|>', '<|END_THINKING|>'],
];

/** A place in a text, `end` behind it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The closing mark that ends thoughts which a chat template began: the last that is meant as one.
 * One inside a block of code, a string or a comment belongs to a program that handles such marks.
 * Behind a block of code a mark ends thoughts only where code follows it: else it is a stray one,
 * and the code before it is what was asked for.
 */
export function endOfThoughts(text: string, all: readonly ThinkMarks[]): Span | null {
  let last: Span | null = null;
  for (const marks of all) {
    const { closing } = marks;
    for (let at = text.indexOf(closing); at >= 0; at = text.indexOf(closing, at + 1)) {
      const span = { start: at, end: at + closing.length };
      if (at > (last?.start ?? -1) && endsThoughts(text, span, marks)) last = span;
    }
  }
  return last;
}

function endsThoughts(text: string, { start, end }: Span, { opening }: ThinkMarks): boolean {
  const before = text.slice(0, start);
  const behind = text.slice(end);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const isAlone = line.trim() === '' && /^[ \t]*(?:\n|$)/.test(behind);
  if (!isAlone && (isInCode(line, behind) || line.includes(opening))) return false;
  const fences = [...before.matchAll(fence)];
  if (isOpen(fences)) {
    // A block that a fence with a name follows was left open by the thoughts.
    const next = [...behind.matchAll(fence)][0];
    if (next?.groups?.['info'] === undefined || next.groups['info'] === '') return false;
  }
  if (fences.length > 0) return code.test(behind);
  return isAlone || !definition.test(before);
}

const fence = /^[ \t>]*(?<mark>`{3,}|~{3,})[ \t]*(?<info>[^`\n]*)$/gm;
const definition = /^(?:(?:async )?def \w+\(|class \w+.*[:{]$|(?:export |async )*function \w+\()/m;
/** A fence, a definition, JSON, a difference, the body of a function. */
const code =
  /`{3}|~{3}|^(?:(?:async )?def |class \w|import \w|from \w+ import|@\w|(?:export |async )*(?:function|const|let) |[{[<]| {4}\S|\t\S|return\b|--- |@@|\*\*\* Begin)/m;

function isInCode(line: string, behind: string): boolean {
  const quotes = line.match(/["`]/g) ?? [];
  return quotes.length % 2 === 1 || /#|\/\/|['"`(]$/.test(line) || /^['"`)]/.test(behind);
}

/** True where the last of the fences opens a block that none of them closes. */
function isOpen(fences: readonly RegExpMatchArray[]): boolean {
  let open: string | null = null;
  for (const { groups } of fences) {
    const { mark = '', info = '' } = groups ?? {};
    if (open === null) open = mark;
    else if (info.trim() === '' && mark[0] === open[0] && mark.length >= open.length) open = null;
  }
  return open !== null;
}
