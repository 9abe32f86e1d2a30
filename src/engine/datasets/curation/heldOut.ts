import { isCodeTest, type Task } from '../../domain/task';
import { hash32, shinglesOf } from '../../similarity/shingles';
import type { DatasetRecord } from '../pair';

/** Shorter solutions and docstrings stand in many programs. */
const leastSubstringChars = 30;
const codeGram = 10;
const proseGram = 13;
/** Of Jaccard similarity with a held-out text. */
const alike = 0.5;
const sameAsserts = 0.8;

/** What a record shares with a held-out task. */
export interface Contamination {
  readonly rule: 'substring' | 'code10' | 'prose13' | 'minHash' | 'sameTests';
  readonly task: string;
  /** The text that both have, cut. */
  readonly matched: string;
}

/**
 * Held-out tasks, against which every record is checked: BigCode's substring rule on solutions and
 * docstrings, a shared run of 10 words of code or 13 of prose, similarity of at least 0.5, and the
 * same entry point with at least 80 % of the same asserts. Similarity is computed for all held-out
 * texts that share anything, so none is missed as a sketch alone may miss it.
 */
export class HeldOut {
  readonly families: ReadonlySet<string>;
  private readonly hashes: ReadonlySet<string>;
  private readonly substrings: { readonly text: string; readonly task: string }[] = [];
  private readonly code = new Map<number, { readonly task: string; readonly words: string }>();
  private readonly prose = new Map<number, { readonly task: string; readonly words: string }>();
  private readonly texts: { readonly task: string; readonly shingles: number }[] = [];
  private readonly byShingle = new Map<number, number[]>();
  private readonly asserts = new Map<string, { task: string; sources: ReadonlySet<string> }[]>();

  constructor(readonly tasks: readonly Task[]) {
    this.families = new Set(tasks.map(({ family }) => family));
    this.hashes = new Set(tasks.map(({ hash }) => hash));
    for (const task of tasks) this.take(task);
  }

  /** Whether this very task is held out. */
  has(task: Task): boolean {
    return this.hashes.has(task.hash);
  }

  /** Whether the task itself, or its family, is held out. */
  holds(task: Task): boolean {
    return (
      this.hashes.has(task.hash) ||
      this.families.has(task.family) ||
      task.source['heldOut'] === true ||
      task.extra?.['heldOut'] === true
    );
  }

  contamination(record: DatasetRecord): Contamination | null {
    const { task, attempts } = record;
    // Wrong programs and what was said of them stand in rows too.
    return this.contaminationOf(
      task,
      attempts.map(({ program }) => program),
      attempts.map(({ explanation }) => explanation ?? ''),
    );
  }

  /** Of a task, of programs for it, and of what was said of them. */
  contaminationOf(
    task: Task,
    attempts: readonly string[],
    said: readonly string[] = [],
  ): Contamination | null {
    if (this.tasks.length === 0) return null;
    const programs = [task.starter ?? '', ...attempts];
    const prose = [task.prompt, ...said];
    const texts = [...new Set([...prose, ...programs])].filter((text) => text !== '');
    for (const text of texts) {
      const found =
        this.sharedSubstring(text) ??
        (prose.includes(text)
          ? this.sharedRun(text, this.prose, proseGram, 'prose13')
          : this.sharedRun(text, this.code, codeGram, 'code10')) ??
        this.similar(text);
      if (found) return found;
    }
    return this.sameTests(task);
  }

  private take(task: Task): void {
    const { prompt, reference = '', promptKind, id } = task;
    const solution = promptKind === 'code' ? '' : reference;
    const docstrings = [...`${prompt}\n${reference}`.matchAll(/"""([^]*?)"""|'''([^]*?)'''/g)];
    for (const text of [solution, ...docstrings.map(([, a, b]) => a ?? b ?? '')]) {
      const plain = plainOf(text);
      if (plain.length >= leastSubstringChars) this.substrings.push({ text: plain, task: id });
    }
    const program = promptKind === 'code' ? `${prompt}\n${reference}` : reference;
    for (const [key, words] of runsOf(wordsOf(program), codeGram)) {
      this.code.set(key, { task: id, words });
    }
    for (const [key, words] of runsOf(wordsOf(prompt), proseGram)) {
      this.prose.set(key, { task: id, words });
    }
    for (const text of [prompt, program]) this.remember(text, id);
    const sources = assertsOf(task);
    if (sources.size === 0) return;
    const same = this.asserts.get(task.entryPoint) ?? [];
    this.asserts.set(task.entryPoint, [...same, { task: id, sources }]);
  }

  private remember(text: string, task: string): void {
    const shingles = shinglesOf(text);
    if (shingles.length === 0) return;
    const place = this.texts.push({ task, shingles: shingles.length }) - 1;
    for (const shingle of shingles) {
      const places = this.byShingle.get(shingle);
      if (places) places.push(place);
      else this.byShingle.set(shingle, [place]);
    }
  }

  private sharedSubstring(text: string): Contamination | null {
    const plain = plainOf(text);
    const found = this.substrings.find((one) => plain.includes(one.text));
    return found ? { rule: 'substring', task: found.task, matched: cut(found.text) } : null;
  }

  private sharedRun(
    text: string,
    runs: ReadonlyMap<number, { readonly task: string; readonly words: string }>,
    length: number,
    rule: 'code10' | 'prose13',
  ): Contamination | null {
    for (const [key, words] of runsOf(wordsOf(text), length)) {
      const found = runs.get(key);
      if (found?.words === words) return { rule, task: found.task, matched: cut(words) };
    }
    return null;
  }

  private similar(text: string): Contamination | null {
    const shingles = shinglesOf(text);
    const shared = new Map<number, number>();
    for (const shingle of shingles) {
      for (const place of this.byShingle.get(shingle) ?? []) {
        shared.set(place, (shared.get(place) ?? 0) + 1);
      }
    }
    for (const [place, both] of shared) {
      const other = this.texts[place];
      if (!other || both / (shingles.length + other.shingles - both) < alike) continue;
      return { rule: 'minHash', task: other.task, matched: cut(text) };
    }
    return null;
  }

  private sameTests(task: Task): Contamination | null {
    const own = assertsOf(task);
    for (const { task: other, sources } of this.asserts.get(task.entryPoint) ?? []) {
      const both = [...sources].filter((source) => own.has(source)).length;
      if (both === 0 || both < sameAsserts * Math.min(own.size, sources.size)) continue;
      return { rule: 'sameTests', task: other, matched: task.entryPoint };
    }
    return null;
  }
}

function assertsOf({ tests }: Task): ReadonlySet<string> {
  return new Set(
    tests.filter(isCodeTest).flatMap(({ source }) =>
      source
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => /^assert\b|^expect\(/.test(line))
        .map(plainOf),
    ),
  );
}

/** Lower case, without punctuation, spaces collapsed. */
function plainOf(text: string): string {
  return wordsOf(text).join(' ');
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** Each run of `length` words with a 53-bit key; the words settle what the key suggests. */
function* runsOf(words: readonly string[], length: number): Generator<[number, string]> {
  for (let from = 0; from + length <= words.length; from++) {
    const run = words.slice(from, from + length).join(' ');
    yield [hash32(run) * 2 ** 21 + (hash32(run, 1) >>> 11), run];
  }
}

function cut(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 117)}...`;
}
