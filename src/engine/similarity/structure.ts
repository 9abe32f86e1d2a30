import { hash32, spread } from './shingles';

/** Tokens of one run: long enough to say something, short enough to outlast a changed statement. */
const runLength = 10;

/**
 * What stays of a program when its own names, comments, docstrings, headers of functions, imports and
 * layout are taken away, as hashes of all runs of ten tokens, each once. Names are numbered anew in
 * each run by where they first stand in it, so a program has the same runs under any other names,
 * and a changed statement changes only the runs that touch it. Names of the language and of members
 * keep their text: they cannot be given others. Read by one expression, for speed, and so alike
 * wrongly where the reading is wrong. What is no Python is read as JavaScript is.
 */
export function structureOf(source: string, language: string): ReadonlySet<number> {
  const tokens = tokensOf(source, language);
  const runs = new Set<number>();
  for (let from = 0; from + runLength <= tokens.length; from++) {
    const names = new Map<string, number>();
    let hash = 0;
    for (let at = from; at < from + runLength; at++) {
      hash = spread(Math.imul(hash, 31) + valueOf(tokens[at] ?? '', names));
    }
    runs.add(hash);
  }
  return runs;
}

function valueOf(token: string, names: Map<string, number>): number {
  if (!token.startsWith(nameMark)) return hash32(token);
  const number = names.get(token) ?? names.size;
  names.set(token, number);
  return number;
}

/** No token begins with it: what does is a name that a program gave itself. */
const nameMark = '\u0000';

function tokensOf(source: string, language: string): string[] {
  const found: string[] = [];
  let before = '';
  let header: string | null = null;
  let depth = 0;
  const isPython = language === 'python';
  const ownNames = isPython ? pythonNames : scriptNames;
  for (const [token] of bare(source).matchAll(isPython ? ofPython : ofScripts)) {
    if (isPython ? token.startsWith('#') : /^\/[/*]/.test(token) || modifiers.has(token)) continue;
    if (header === null) {
      if (token === 'def' || token === 'function') [header, depth] = [token, 0];
      const read = header === null ? readToken(token, before === '.', ownNames) : ' def';
      if (read !== null) found.push(read);
    } else {
      // To the end of the header: parameters and annotations are written in many ways.
      if (/^[([]$/.test(token)) depth++;
      if (/^[)\]]$/.test(token)) depth--;
      if (depth <= 0 && token === (header === 'def' ? ':' : '{')) header = null;
    }
    before = token;
  }
  return found;
}

function readToken(token: string, isMember: boolean, ownNames: ReadonlySet<string>): string | null {
  if (/^[;,():{}]/.test(token)) return null;
  const text = /^[rbfu]{0,2}["'`]([^]*)["'`]$/i.exec(token)?.[1];
  if (text !== undefined) return `"${text.replaceAll('\\', '')}`;
  const number = Number(token);
  if (!Number.isNaN(number)) return String(number);
  const isName = /^[\p{L}_$]/u.test(token);
  return isName && !isMember && !ownNames.has(token) ? nameMark + token : token;
}

/** Without strings that are statements, and without imports. */
function bare(source: string): string {
  return source
    .replace(
      /^[ \t]*(?:[rR]?"""[^]{0,8000}?"""|[rR]?'''[^]{0,8000}?'''|"[^"\n]*"|'[^'\n]*')[ \t]*;?$/gm,
      '',
    )
    .replace(/^[ \t]*(?:import|from)\b.*$/gm, '');
}

/** Bounded, so that what is never closed costs no more than its own length. */
const strings = `[rbfu]{0,2}(?:"(?:[^"\\\\\\n]|\\\\[^]){0,4000}"|'(?:[^'\\\\\\n]|\\\\[^]){0,4000}')`;
const words = '[\\p{L}_$][\\p{L}\\p{N}_$]*|\\d[\\w.]*|[^\\s\\w]';
const ofPython = new RegExp(`${strings}|#[^\\n]*|${words}`, 'gu');
const ofScripts = new RegExp(
  `${strings}|\`(?:[^\`\\\\]|\\\\[^]){0,8000}\`|//[^\\n]*|/\\*[^]{0,5000}?\\*/|${words}`,
  'gu',
);

/** Names of the languages and their first libraries: a program cannot give them others. */
const ofBoth =
  'if else for while return try finally in yield async await break continue import from class print';
const pythonNames: ReadonlySet<string> = new Set(
  `${ofBoth} elif lambda except raise with is not and or as global nonlocal pass del assert None True False abs all any bin bool bytes chr dict divmod enumerate eval filter float frozenset getattr hash hex input int isinstance iter len list map max min next object oct open ord pow range repr reversed round set slice sorted str sum super tuple type zip Exception ValueError TypeError KeyError IndexError ZeroDivisionError`.split(
    ' ',
  ),
);
const scriptNames: ReadonlySet<string> = new Set(
  `${ofBoth} let const var new delete do switch case default catch throw typeof instanceof of void this super null undefined true false NaN Infinity Array Boolean Date Error JSON Map Math Number Object Promise RegExp Set String Symbol parseInt parseFloat isNaN isFinite console`.split(
    ' ',
  ),
);
/** In front of a declaration they say nothing of what it does. */
const modifiers: ReadonlySet<string> = new Set(['export', 'default', 'declare']);
