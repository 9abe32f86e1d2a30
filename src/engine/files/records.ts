import { badLine, linesOf, maxRecordChars, readText, type Line } from './lines';
import { isParquet, readRows } from './parquetRecords';

/**
 * The records of a file as JSON texts, streamed, whatever they stand in: JSON lines, a JSON array,
 * objects that each take several lines, either gzipped, or Parquet; told by content. `number` is
 * the line where a record begins, in Parquet its row.
 */
export async function* readRecords(file: string): AsyncGenerator<Line> {
  if (await isParquet(file)) {
    yield* readRows(file);
    return;
  }
  const pieces = readText(file);
  let begun = '';
  while (begun.trim() === '') {
    const next = await pieces.next();
    if (next.done === true) break;
    begun += next.value;
  }
  const all = chained(begun, pieces);
  const isNested = /^[\s\uFEFF]*(?:\[|\{\s*\n)/.test(begun);
  yield* isNested ? valuesOf(file, all) : linesOf(file, all);
}

async function* chained(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

/** The items of an array, or objects one after another, cut at their brackets alone. */
async function* valuesOf(file: string, pieces: AsyncIterable<string>): AsyncGenerator<Line> {
  const cutter = new ValueCutter(file);
  for await (const piece of pieces) yield* cutter.push(piece);
  const rest = cutter.rest();
  if (rest !== null) yield rest;
}

const code = (char: string): number => char.charCodeAt(0);
const [quote, backslash, newline, comma] = [code('"'), code('\\'), code('\n'), code(',')];
const opening = new Set([code('['), code('{')]);
const closing = new Set([code(']'), code('}')]);

class ValueCutter {
  private depth = 0;
  private line = 1;
  private inText = false;
  private escaped = false;
  /** Depth at which values stand: 1 in an array, 0 where there is none around them. */
  private top: number | null = null;
  private begun: string[] = [];
  private chars = 0;
  private beganAt: number | null = null;

  constructor(private readonly file: string) {}

  *push(piece: string): Generator<Line> {
    let from = 0;
    for (let at = 0; at < piece.length; at++) {
      const char = piece.charCodeAt(at);
      if (char === newline) this.line++;
      if (this.inText) {
        if (this.escaped) this.escaped = false;
        else if (char === backslash) this.escaped = true;
        else if (char === quote) this.inText = false;
        continue;
      }
      if (char <= 32 || char === 0xfeff) {
        if (this.beganAt === null) from = at + 1;
        continue;
      }
      if (this.top === null) {
        this.top = char === code('[') ? 1 : 0;
        if (this.top === 1) {
          this.depth = 1;
          from = at + 1;
          continue;
        }
      }
      const isEnd = this.depth === this.top && (char === comma || closing.has(char));
      if (isEnd) {
        const value = this.ended(piece.slice(from, at));
        from = at + 1;
        if (closing.has(char)) this.depth--;
        if (value !== null) yield value;
        continue;
      }
      this.beganAt ??= this.line;
      if (char === quote) this.inText = true;
      else if (opening.has(char)) this.depth++;
      else if (closing.has(char) && --this.depth === this.top && this.top === 0) {
        const value = this.ended(piece.slice(from, at + 1));
        from = at + 1;
        if (value !== null) yield value;
      }
    }
    this.keep(piece.slice(from));
  }

  /** What stands behind the last bracket, or was never closed. */
  rest(): Line | null {
    return this.ended('');
  }

  private keep(text: string): void {
    this.begun.push(text);
    this.chars += text.length;
    if (this.chars > maxRecordChars) {
      throw badLine(this.file, this.beganAt ?? this.line, 'the item is too long');
    }
  }

  private ended(last: string): Line | null {
    this.keep(last);
    const text = this.begun.join('').trim();
    const number = this.beganAt ?? this.line;
    this.begun = [];
    this.chars = 0;
    this.beganAt = null;
    return text === '' ? null : { number, text };
  }
}
