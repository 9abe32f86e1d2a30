const names = [
  ...['code', 'program', 'solution', 'python', 'javascript', 'typescript', 'answer'],
  ...['correctedcode', 'fixedcode', 'finalcode', 'sourcecode', 'implementation', 'completion'],
  ...['content', 'source', 'function', 'output', 'response', 'result'],
];
/** Objects that hold the object with the code, as in a call of a tool. */
const holders = ['arguments', 'parameters', 'input', 'args', 'solution', 'answer', 'result'];
const looksLikeCode = /\b(?:def|class|function|return|import|const|let)\b|=>|```/;

/**
 * The code of a text that is a JSON object with it as a string (`{"code": "…"}`), or holds one
 * among prose, as models write that are used to answering so. Line ends that JSON wants escaped may
 * stand as they are. Any other text comes back as it is.
 */
export function codeInJson(text: string): string {
  const trimmed = text.trim();
  if (/^"[^]*"$/.test(trimmed)) {
    const whole = parsed(trimmed);
    return typeof whole === 'string' && looksLikeCode.test(whole) ? whole : text;
  }
  const start = trimmed.search(/\{\s*"[^"\n]{1,40}"\s*:/);
  const end = trimmed.lastIndexOf('}');
  if (start < 0 || end < start) return text;
  const before = trimmed.slice(0, start);
  const isAll = before === '' && end === trimmed.length - 1;
  // Among prose a fence tells more, and a program may hold an object too.
  const around = `${before}\n${trimmed.slice(end + 1)}`;
  const isProgram = /^[ \t]*(?:def|class|import|from|function|const|let|return) /m.test(around);
  if (isProgram || /```|~~~/.test(before)) return text;
  return codeOf(parsed(trimmed.slice(start, end + 1)), isAll) ?? text;
}

function codeOf(value: unknown, isAll: boolean): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>).map(
    ([key, one]) => [key.toLowerCase().replace(/[^a-z]/g, ''), one] as const,
  );
  for (const name of names) {
    const code = entries.find(([key]) => key === name)?.[1];
    if (typeof code === 'string' && (isAll || looksLikeCode.test(code))) return code;
  }
  for (const name of holders) {
    const code = codeOf(entries.find(([key]) => key === name)?.[1], isAll);
    if (code !== null) return code;
  }
  return null;
}

function parsed(text: string): unknown {
  for (const one of [text, withEscapedLineEnds(text)]) {
    try {
      return JSON.parse(one) as unknown;
    } catch {
      continue;
    }
  }
  return null;
}

function withEscapedLineEnds(text: string): string {
  return text.replace(/"(?:[^"\\]|\\[^])*"/g, (string) =>
    string.replace(/\n/g, '\\n').replace(/\t/g, '\\t'),
  );
}
