import { isCodeTest, type Task } from '../../domain/task';
import { hash32, shinglesOf } from '../../similarity/shingles';
import type { DatasetRecord } from '../pair';
import { StructureIndex } from './structureIndex';

/** Shorter solutions and docstrings stand in many programs. */
const leastSubstringChars = 30;
const codeGram = 10;
const proseGram = 13;
/** Of Jaccard similarity with a held-out text. */
const alike = 0.5;
const sameAsserts = 0.8;
/** Fewer equal asserts of a function with another name say little. */
const leastAsserts = 3;

/** What a record shares with a held-out task. */
export interface Contamination {
  readonly rule: 'substring' | 'code10' | 'prose13' | 'minHash' | 'structure' | 'sameTests';
  readonly task: string;
  /** The text that both have, cut. */
  readonly matched: string;
}

/**
 * Held-out tasks, against which every record is checked: BigCode's substring rule on solutions and
 * docstrings, a shared run of 10 words of code or 13 of prose, similarity of at least 0.5, the
 * structure of a program whatever its names and layout, and at least 80 % of the same asserts, whatever
 * the function is called. Similarity is computed for all held-out texts that share anything, so none
 * is missed as a sketch alone may miss it.
 */
export class HeldOut {
  readonly families: ReadonlySet<string>;
  private readonly hashes: ReadonlySet<string>;
  private readonly substrings: { readonly text: string; readonly task: string }[] = [];
  private readonly code = new Map<number, { readonly task: string; readonly words: string }>();
  private readonly prose = new Map<number, { readonly task: string; readonly words: string }>();
  private readonly texts: { readonly task: string; readonly shingles: number }[] = [];
  private readonly byShingle = new Map<number, number[]>();
  private readonly structures = new StructureIndex();
  private readonly asserts = new Map<string, HeldAsserts[]>();

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
        this.similar(text) ??
        (prose.includes(text) ? null : this.sameStructure(text, task.language));
      if (found) return found;
    }
    return this.sameTests(task);
  }

  private take(task: Task): void {
    const { prompt, reference = '', promptKind, id, language } = task;
    // Where the prompt begins the program, what follows is the solution.
    const isWhole = promptKind === 'code' && reference.startsWith(prompt);
    const solution = isWhole ? reference.slice(prompt.length) : reference;
    const docstrings = [...`${prompt}\n${reference}`.matchAll(/"""([^]*?)"""|'''([^]*?)'''/g)];
    for (const text of [solution, ...docstrings.map(([, a, b]) => a ?? b ?? '')]) {
      const plain = plainOf(text);
      if (plain.length >= leastSubstringChars) this.substrings.push({ text: plain, task: id });
    }
    const program = promptKind === 'code' && !isWhole ? `${prompt}\n${reference}` : reference;
    for (const [key, words] of runsOf(wordsOf(program), codeGram)) {
      this.code.set(key, { task: id, words });
    }
    for (const [key, words] of runsOf(wordsOf(prompt), proseGram)) {
      this.prose.set(key, { task: id, words });
    }
    for (const text of [prompt, program]) this.remember(text, id);
    this.structures.add(id, program, language);
    const held = { task: id, entryPoint: task.entryPoint, sources: assertsOf(task) };
    for (const source of held.sources) {
      const others = this.asserts.get(source);
      if (others) others.push(held);
      else this.asserts.set(source, [held]);
    }
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

  private sameStructure(program: string, language: string): Contamination | null {
    const found = this.structures.find(program, language);
    if (!found) return null;
    const matched = `${String(Math.round(found.share * 100))} % of its program, under any names`;
    return { rule: 'structure', task: found.task, matched };
  }

  private sameTests(task: Task): Contamination | null {
    const own = assertsOf(task);
    const shared = new Map<HeldAsserts, number>();
    for (const source of own) {
      for (const held of this.asserts.get(source) ?? []) {
        shared.set(held, (shared.get(held) ?? 0) + 1);
      }
    }
    for (const [held, both] of shared) {
      const isNamedSo = held.entryPoint === task.entryPoint;
      if (!isNamedSo && both < leastAsserts) continue;
      if (both < sameAsserts * Math.min(own.size, held.sources.size)) continue;
      return { rule: 'sameTests', task: held.task, matched: task.entryPoint };
    }
    return null;
  }
}

interface HeldAsserts {
  readonly task: string;
  readonly entryPoint: string;
  readonly sources: ReadonlySet<string>;
}

/** The asserts of a task, with the name of its function taken out. */
function assertsOf({ tests, entryPoint }: Task): ReadonlySet<string> {
  return new Set(
    tests.filter(isCodeTest).flatMap(({ source }) =>
      source
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => /^assert\b|^expect\(/.test(line))
        .map((line) =>
          plainOf(line.replaceAll(nameOf(entryPoint), ' ').replaceAll('candidate', ' ')),
        ),
    ),
  );
}

function nameOf(entryPoint: string): RegExp {
  return new RegExp(`(?<![\\w$])${entryPoint.replace(/[^\p{L}\p{N}_]/gu, '\\$&')}(?![\\w$])`, 'gu');
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
