/** Quotes that a word processor, or a keyboard of another script, puts in place of the plain ones. */
const doubles = '\\u201C\\u201D\\u201E\\u201F\\uFF02';
const singles = '\\u2018\\u2019\\u201A\\u201B\\uFF07';
const invisible = '\\u00AD\\u200B-\\u200F\\u2060\\uFEFF';
const spaces = '\\u00A0\\u2000-\\u200A\\u202F\\u205F\\u3000';
/** Full-width forms stand so far behind the plain ones (U+FF01 to U+FF5E). */
const fullWidthOffset = 0xfee0;

const unusual = new RegExp(
  `[${doubles}${singles}${invisible}${spaces}\\uFF01-\\uFF5E\\u3001]`,
  'u',
);
const isDouble = new RegExp(`[${doubles}]`, 'u');
const isSingle = new RegExp(`[${singles}]`, 'u');
const isInvisible = new RegExp(`[${invisible}]`, 'u');
const isSpace = new RegExp(`[${spaces}]`, 'u');
const anySpace = new RegExp(`[${spaces}]`, 'gu');
/** Letters and digits of full width are left: names may be written in them. */
const fullWidthMarks = /[\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF5E]/u;

/**
 * Code with the spaces, quotes and marks that a keyboard for code has, in place of those of a word
 * processor or of a Chinese keyboard, and without characters that nobody sees. Strings keep their
 * characters, but for spaces of a kind that stands between words outside of them too. Outside of
 * strings no language that is read here has such characters.
 */
export function typewritten(code: string): string {
  if (!unusual.test(code)) return code;
  const pieces = piecesOf(code);
  const outside = pieces.flatMap(({ open, text }) => (open === '' ? [text] : [])).join('');
  return pieces
    .map(({ open, text, close }) => {
      if (open === '') return text.replace(/[^]/g, plainMark);
      const inner = text.replace(anySpace, (one) => (outside.includes(one) ? ' ' : one));
      return open + inner + close;
    })
    .join('');
}

interface Piece {
  /** The quotes around a string; empty for what is none. */
  readonly open: string;
  readonly text: string;
  readonly close: string;
}

function piecesOf(code: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const upTo = (end: number): void => {
    if (end > from) pieces.push({ open: '', text: code.slice(from, end), close: '' });
  };
  for (let at = 0; at < code.length;) {
    const quote = plainQuote(code[at] ?? '');
    if (quote === null) {
      // A comment may hold any quote.
      at = code[at] === '#' ? endOfLine(code, at) : at + 1;
      continue;
    }
    upTo(at);
    const end = endOfString(code, at);
    const width = isTriple(code, at) ? 3 : 1;
    const isWhole = end - at >= 2 * width && plainQuote(code[end - 1] ?? '') === quote;
    const text = code.slice(at + width, isWhole ? end - width : end);
    const mark = quote.repeat(width);
    pieces.push({ open: mark, text, close: isWhole ? mark : '' });
    at = end;
    from = end;
  }
  upTo(code.length);
  return pieces;
}

function plainQuote(character: string): string | null {
  if (/["'`]/.test(character)) return character;
  if (isDouble.test(character)) return '"';
  return isSingle.test(character) ? "'" : null;
}

function plainMark(character: string): string {
  if (isInvisible.test(character)) return '';
  if (isSpace.test(character)) return ' ';
  if (character === '\u3001') return ',';
  if (!fullWidthMarks.test(character)) return character;
  return String.fromCodePoint((character.codePointAt(0) ?? 0) - fullWidthOffset);
}

function isTriple(code: string, at: number): boolean {
  const quote = plainQuote(code[at] ?? '');
  return quote !== '`' && [1, 2].every((next) => plainQuote(code[at + next] ?? '') === quote);
}

/** Behind the end of the string that begins here; of one of a single line at most its end. */
function endOfString(code: string, at: number): number {
  const opening = code[at] ?? '';
  const isTripled = isTriple(code, at);
  const width = isTripled ? 3 : 1;
  // A plain quote is closed by itself alone; another by any of its kind.
  const closes = (place: number): boolean => {
    const one = code[place] ?? '';
    return /["'`]/.test(opening) ? one === opening : plainQuote(one) === plainQuote(opening);
  };
  for (let place = at + width; place < code.length; place += 1) {
    if (code[place] === '\\') place += 1;
    else if (code[place] === '\n' && !isTripled && opening !== '`') return place;
    else if (Array.from({ length: width }, (_, n) => place + n).every(closes)) return place + width;
  }
  return code.length;
}

function endOfLine(code: string, at: number): number {
  const end = code.indexOf('\n', at);
  return end < 0 ? code.length : end;
}
