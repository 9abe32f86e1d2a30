import { typewritten } from './typewriter';

/**
 * The texts that a piece of code may be meant as, the piece itself first: without a common indent,
 * prompts of an interpreter, numbers of lines, HTML entities, quotes around all of it, escapes of
 * Markdown or of a string. Which of them is a program is for the caller to find out.
 */
export function cleanings(code: string): string[] {
  const base = trimBlank(typewritten(withoutLead(code)));
  const dedented = dedent(base);
  const found = [
    ...unescapedLine(base),
    ...[base, dedented, withoutPrompts(dedented), withoutNumbers(dedented)],
  ];
  found.push(...found.map(decoded), ...found.map(straightened));
  found.push(
    ...[unquoted, unmarked, withoutPluses, outOfYaml, outOfShell].map((clean) => clean(base)),
  );
  return [...new Set(found)].filter((text) => text.trim() !== '');
}

/** What is left of a page before its code: a line that names the language, a number of a list. */
function withoutLead(code: string): string {
  const unnumbered = code.replace(/^\s*\d+[.)][ \t]+(?=(?:def|class|import|from|function) )/, '');
  return unnumbered.replace(
    /^\s*(?:python3?|py|javascript|js|typescript|ts|code)[ \t]*\n+(?:copy(?: code)?[ \t]*\n+)?/i,
    '',
  );
}

/** A program on one line, its line ends written as `\n`. */
function unescapedLine(code: string): string[] {
  const line = code.trim();
  if (line.includes('\n') || !/\b(?:def|class|function|import)\b.*\\n/.test(line)) return [];
  const inner = /^"[^]*"$/.test(line)
    ? line
    : `"${line.replace(/\\?"/g, '\\"').replaceAll('\t', '\\t')}"`;
  try {
    const text: unknown = JSON.parse(inner);
    return typeof text === 'string' ? [trimBlank(text)] : [];
  } catch {
    return [];
  }
}

/** Several lines between quotes of one kind. */
function unquoted(code: string): string {
  const inner = /^\s*(`|'''|"""|'|")([^]*\n[^]*?)\1\s*$/.exec(code)?.[2];
  return inner === undefined ? code : trimBlank(withoutLead(inner));
}

/** A whole program written as lines to add. */
function withoutPluses(code: string): string {
  const lines = code.split('\n');
  const isAdded = lines.every((line) => line.startsWith('+') || line.trim() === '');
  return isAdded ? trimBlank(lines.map((line) => line.replace(/^\+/, '')).join('\n')) : code;
}

/** The text behind a key: `code: |`. */
function outOfYaml(code: string): string {
  return trimBlank(dedent(code.replace(/^(?:[\w-]+:.*\n)*[\w-]+:[ \t]*[|>][-+]?[ \t]*\n/, '')));
}

/** Without the backslashes that Markdown wants before its own marks. */
function unmarked(code: string): string {
  return code.replace(/\\([_*[\]#~`>])/g, '$1');
}

/** A file that a command of a shell writes: `cat > solution.py <<'EOF'`. */
function outOfShell(code: string): string {
  const written =
    /^[ \t]*(?:\$ )?cat\b[^\n]*<<-?[ \t]*(['"]?)(\w+)\1[^\n]*\n([^]*?)^[ \t]*\2[ \t]*$/m;
  const text = written.exec(code)?.[3];
  return text === undefined ? '' : trimBlank(text);
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

/** Inside strings too: for texts in which strings cannot be told. */
function straightened(code: string): string {
  return code
    .replace(/[\u00A0\u2007\u202F]/g, ' ')
    .replace(/[\u200B-\u200D\u2060]/g, '')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201C\u201D]/g, '"');
}
