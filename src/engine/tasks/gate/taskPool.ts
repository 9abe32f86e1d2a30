import { isOurs, type Task } from '../../domain/task';
import { SimilarityIndex } from '../../similarity/nearDuplicates';
import { isNovel, rougeL } from '../../similarity/rougeL';
import { functionsOf } from '../../syntax/functions';
import { shapeOf } from '../../syntax/shape';
import type { Syntax } from '../../syntax/parser';

/** Of ROUGE-L F1 (Self-Instruct, 2212.10560) for texts, of Jaccard similarity for programs. */
const mostAlike = 0.7;

export interface Alike {
  readonly reason: 'duplicate' | 'notNovel';
  readonly saw: string;
}

/**
 * Tasks let in so far, asked whether a new one is novel: the same task twice, two of a family that
 * give the same program to start from, and texts or references of other families that are too much
 * alike. Inside a family, tasks made from one function are alike by nature.
 */
export class TaskPool {
  private readonly hashes = new Map<string, string>();
  private readonly starts = new Map<string, string>();
  private readonly texts: {
    readonly id: string;
    readonly family: string;
    readonly text: string;
  }[] = [];
  private readonly index = new SimilarityIndex(mostAlike);
  private readonly programs: { readonly id: string; readonly family: string }[] = [];
  private readonly familyOf = new Map<string, string>();

  constructor(
    private readonly syntax: Syntax,
    tasks: readonly Task[] = [],
  ) {
    for (const task of tasks) this.add(task);
  }

  get size(): number {
    return this.programs.length;
  }

  add(task: Task): void {
    this.hashes.set(task.hash, task.id);
    this.starts.set(this.startOf(task), task.id);
    this.texts.push({ id: task.id, family: task.family, text: ownText(task) });
    this.index.add(this.programs.length, this.ownCode(task));
    this.programs.push({ id: task.id, family: task.family });
    for (const name of [task.id, task.hash]) this.familyOf.set(name, task.family);
  }

  /** The family of a task by its id or hash; undefined where it is not of the pool. */
  family(task: string): string | undefined {
    return this.familyOf.get(task);
  }

  /** What a task is too much like; null where it is novel. */
  nearest(task: Task): Alike | null {
    const same = this.hashes.get(task.hash) ?? this.starts.get(this.startOf(task));
    if (same !== undefined) return { reason: 'duplicate', saw: `the same work as ${same}` };
    const text = ownText(task);
    for (const other of this.texts) {
      if (other.family === task.family) continue;
      if (isNovel(text, [other.text], mostAlike)) continue;
      return notNovel('text', rougeL(text, other.text), other.id);
    }
    if (task.reference === undefined) return null;
    const near = this.index.nearest(
      this.ownCode(task),
      (id) => this.programs[id]?.family !== task.family,
    );
    if (near === null) return null;
    return notNovel('program', near.similarity, this.programs[near.id]?.id ?? '');
  }

  /**
   * What the task asks for: the function that is called. What it needs of its module stands in the
   * programs of its neighbours as well.
   */
  private ownCode({ language, reference = '', entryPoint }: Task): string {
    if (!isOurs(language)) return reference;
    const places = functionsOf(this.syntax, language, reference);
    const entry = places.find(({ name }) => name === entryPoint);
    return entry ? reference.slice(entry.start, entry.end) : reference;
  }

  /** Equal where two tasks ask for the same program from the same one. */
  private startOf({ language, starter = '', prompt, reference = '', entryPoint }: Task): string {
    const shape = (source: string): string =>
      isOurs(language) && source !== '' ? shapeOf(this.syntax, language, source) : source;
    return JSON.stringify([language, entryPoint, shape(starter), shape(reference), prompt]);
  }
}

function notNovel(what: string, alike: number, id: string): Alike {
  return { reason: 'notNovel', saw: `its ${what} is ${alike.toFixed(2)} like that of ${id}` };
}

/** Without the first paragraph where a maker of ours wrote it: it says the same in each. */
function ownText({ prompt, source }: Task): string {
  return source['template'] === true ? prompt.slice(prompt.indexOf('\n\n') + 2) : prompt;
}
