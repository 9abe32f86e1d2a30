import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { sha256 } from '../domain/hash';
import { inTransaction } from './sqlite';

/** Strings longer than this are kept once, under their hash. */
const minTextChars = 200;
const reference = '$text';
const programKeys = new Set(['program', 'starter', 'reference']);

/**
 * Long texts, each stored once. A text that differs from another in one place (a candidate and
 * the program it was made from) is stored as the difference.
 */
export class Texts {
  private readonly known = new Set<string>();
  private readonly select: StatementSync;
  private readonly insert: StatementSync;

  constructor(private readonly database: DatabaseSync) {
    this.select = database.prepare('SELECT body, base, head, tail FROM texts WHERE hash = ?');
    this.insert = database.prepare('INSERT OR IGNORE INTO texts VALUES (?, ?, ?, ?, ?)');
  }

  /** Stores what the statements store, or none of it. */
  together(statements: () => void): void {
    try {
      inTransaction(this.database, statements);
    } catch (error) {
      // What was put is not there any more.
      this.known.clear();
      throw error;
    }
  }

  /** Stores a text and answers its hash. */
  put(given: string, base?: string): string {
    // The database keeps Unicode: half of a surrogate pair would come back as something else.
    const text = given.toWellFormed();
    const hash = sha256(text);
    if (this.known.has(hash)) return hash;
    const whole = base === undefined || base === hash ? null : this.whole(base);
    if (whole === null) {
      this.insert.run(hash, text, null, null, null);
    } else {
      const head = commonStart(whole, text);
      const tail = commonEnd(whole, text, head);
      const middle = text.slice(head, text.length - tail);
      this.insert.run(hash, middle, base ?? null, head, tail);
    }
    if (this.known.size > 50_000) this.known.clear();
    this.known.add(hash);
    return hash;
  }

  get(hash: string): string | null {
    const row = this.select.get(hash);
    if (!row) return null;
    const body = String(row['body']);
    if (row['base'] === null || row['base'] === undefined) return body;
    const base = this.get(String(row['base']));
    if (base === null) return null;
    const tail = Number(row['tail']);
    return base.slice(0, Number(row['head'])) + body + (tail > 0 ? base.slice(-tail) : '');
  }

  /** JSON of a value with its long strings replaced by references. */
  encode(value: unknown): string {
    return JSON.stringify(this.refer(value));
  }

  decode(text: string): unknown {
    // Most values are short and refer to no text: they need no second look.
    if (!text.includes(`"${reference}"`)) return JSON.parse(text);
    return JSON.parse(text, (_, value: unknown) => {
      if (typeof value !== 'object' || value === null || !(reference in value)) return value;
      const found = this.get(String(value[reference]));
      if (found === null) throw new Error(`the journal lacks the text ${String(value[reference])}`);
      return found;
    });
  }

  /** A text that stands whole, so that differences never build on differences. */
  private whole(hash: string): string | null {
    const row = this.select.get(hash);
    return row && row['base'] === null ? String(row['body']) : null;
  }

  private refer(value: unknown, base?: string): unknown {
    if (typeof value === 'string') {
      return value.length < minTextChars ? value : { [reference]: this.put(value, base) };
    }
    if (Array.isArray(value)) return value.map((item) => this.refer(item));
    if (typeof value !== 'object' || value === null) return value;
    const parent = 'parent' in value && typeof value.parent === 'string' ? value.parent : undefined;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        // Programs are asked for by their hash, also short ones.
        typeof item === 'string' && programKeys.has(key)
          ? { [reference]: this.put(item, parent) }
          : this.refer(item, parent),
      ]),
    );
  }
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let count = 0;
  while (count < most && a.charCodeAt(count) === b.charCodeAt(count)) count++;
  return isHighSurrogate(a.charCodeAt(count - 1)) ? count - 1 : count;
}

function commonEnd(a: string, b: string, head: number): number {
  const most = Math.min(a.length, b.length) - head;
  let count = 0;
  while (
    count < most &&
    a.charCodeAt(a.length - 1 - count) === b.charCodeAt(b.length - 1 - count)
  ) {
    count++;
  }
  return isLowSurrogate(a.charCodeAt(a.length - count)) ? count - 1 : count;
}

/** A difference never begins or ends inside a pair. */
function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
