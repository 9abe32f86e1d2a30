/**
 * The texts that a piece of code may be meant as, the piece itself first: without a common indent,
 * prompts of an interpreter, numbers of lines, HTML entities, or spaces and quotes of a word
 * processor. Which of them is a program is for the caller to find out.
 */
export function cleanings(code: string): string[] {
  const base = trimBlank(code);
  const dedented = dedent(base);
  const found = [base, dedented, withoutPrompts(dedented), withoutNumbers(dedented)];
  found.push(...found.map(decoded), ...found.map(typewritten));
  return [...new Set(found)].filter((text) => text.trim() !== '');
}

/** Ends with one line end, begins without an empty line. */
export function trimBlank(code: string): string {
  const text = code.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  return text === '' ? '' : `${text}\n`;
}

function dedent(code: string): string {
  const lines = code.split('\n');
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const common = Math.min(...indents, 1000);
  return common === 0 ? code : lines.map((line) => line.slice(common)).join('\n');
}

/** An interpreter's session: the lines that were typed, without its answers. */
function withoutPrompts(code: string): string {
  if (!/^>>>(?: |$)/m.test(code.split('\n')[0] ?? '')) return code;
  const typed = code.split('\n').filter((line) => /^(?:>>>|\.\.\.)(?: |$)/.test(line));
  return `${typed.map((line) => line.slice(4)).join('\n')}\n`;
}

function withoutNumbers(code: string): string {
  const lines = code.trimEnd().split('\n');
  const numbered = /^[ \t]*\d+[ \t]?[|:]?(?: |$)/;
  if (lines.length < 2 || !lines.every((line) => numbered.test(line))) return code;
  return `${lines.map((line) => line.replace(numbered, '')).join('\n')}\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&apos;': "'",
  '&nbsp;': ' ',
  '&amp;': '&',
};

function decoded(code: string): string {
  return code.replace(/&(?:lt|gt|quot|apos|nbsp|amp|#34|#39|#x27);/g, (name) => {
    return entities[name] ?? name;
  });
}

function typewritten(code: string): string {
  return code
    .replace(/[\u00A0\u2007\u202F]/g, ' ')
    .replace(/[\u200B\u2060]/g, '')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201C\u201D]/g, '"');
}
