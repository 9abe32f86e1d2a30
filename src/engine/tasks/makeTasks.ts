import { concurrently } from '../domain/concurrently';
import { randomOf, shuffled } from '../domain/random';
import type { Language, Task } from '../domain/task';
import type { FunctionMaker, MakerOptions, Refused } from './makers/maker';
import { historyTasks } from './makers/gitHistory';
import { coveredFunctions } from './source/coveredFunctions';
import { documentedFunctions } from './source/documentedFunctions';
import { findSources } from './source/findSources';
import { testedFunctions, type TestedFunction } from './source/testedFunctions';
import { howMany } from '../domain/howMany';

export interface MakeOptions extends MakerOptions {
  readonly from: string;
  readonly makers: readonly FunctionMaker[];
  /** Names of the functions that are worked on; all unless told. */
  readonly functions?: readonly string[];
  /** Makers that work on documented functions which hardly any test calls. */
  readonly untestedMakers?: readonly FunctionMaker[];
  /** Also makes tasks from what commits of the repository changed. */
  readonly history?: boolean;
  /** Most tasks that are let in. */
  readonly limit: number;
  /** How many functions are worked on at a time. */
  readonly concurrency: number;
  /** Why programs of a language cannot be run here; null where they can. */
  readonly unjudged: (language: Language) => string | null;
  /** Lets a made task in or not; all are where there is none. */
  readonly admit?: (task: Task) => Promise<Task | null>;
  readonly refuse?: (refused: Refused) => Promise<void>;
  readonly onProgress?: (progress: MakeProgress) => void;
}

export interface MakeProgress {
  readonly done: number;
  readonly total: number;
  readonly tasks: number;
  /** Of those that makers refused. */
  readonly rejected: Readonly<Record<string, number>>;
}

export interface Made {
  readonly tasks: readonly Task[];
  readonly functions: number;
  /** What makers refused, counted by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  readonly leftOut: readonly { readonly language: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

/** Tasks from the user's own code: its tested functions, each given to every maker. */
export async function makeTasks(options: MakeOptions): Promise<Made> {
  const { limit, makers } = options;
  const sources = await findSources(options.from);
  const found = testedFunctions(options.syntax, sources);
  const leftOut = new Map<string, string>();
  const isMeant = ({ name }: TestedFunction): boolean => options.functions?.includes(name) ?? true;
  const isJudged = ({ language }: TestedFunction): boolean => {
    const reason = options.unjudged(language);
    if (reason !== null) leftOut.set(language, reason);
    return reason === null;
  };
  const judged = found.functions.filter(isJudged);
  const usable = judged.filter(isMeant);
  // Those that are asked for by name and found by reading need no coverage.
  const isAll = usable.length === options.functions?.length;
  const covered =
    makers.length > 0 && !isAll ? (await coveredFunctions(judged, options)).filter(isMeant) : [];
  const progress: Progress = { done: 0, tasks: [], rejected: {}, notes: [] };
  const all = [...usable, ...covered];
  await fromFunctions(all, makers, options, progress);
  const untested = options.untestedMakers ?? [];
  if (untested.length > 0) {
    const documented = documentedFunctions(options.syntax, sources);
    const asked = documented.filter(isMeant).filter(isJudged);
    await fromFunctions(asked, untested, options, progress);
  }
  const { tasks, rejected, notes } = progress;
  if (options.history === true && tasks.length < limit) {
    for await (const made of historyTasks(options.from, options)) {
      for (const refused of made.refused) {
        rejected[refused.reason] = (rejected[refused.reason] ?? 0) + 1;
        await options.refuse?.(refused);
      }
      for (const task of made.tasks) {
        const admitted = await admittedBy(options, task);
        if (admitted !== null) tasks.push(admitted);
      }
      const { done } = progress;
      options.onProgress?.({ done, total: done, tasks: tasks.length, rejected });
      if (tasks.length >= limit) break;
    }
  }
  return {
    tasks: [...tasks].sort((a, b) => (a.id < b.id ? -1 : 1)),
    functions: usable.length + covered.length,
    rejected,
    leftOut: [...leftOut].map(([language, reason]) => ({ language, reason })),
    notes: [...sources.notes, ...notesOn(found.leftOut), ...[...new Set(notes)].sort()],
  };
}

interface Progress {
  done: number;
  readonly tasks: Task[];
  readonly rejected: Record<string, number>;
  readonly notes: string[];
}

/** Gives functions to makers, and what they make to who asks, until there are enough. */
async function fromFunctions(
  functions: readonly TestedFunction[],
  makers: readonly FunctionMaker[],
  options: MakeOptions,
  progress: Progress,
): Promise<void> {
  const { concurrency, signal, limit } = options;
  const { tasks, rejected, notes } = progress;
  const order = shuffled(functions, randomOf(options.seed, 'functions'));
  const perFunction = Math.min(
    options.perFunction,
    Math.max(1, Math.ceil(limit / Math.max(1, order.length))),
  );
  let done = 0;
  // In waves no larger than what is still wanted, so that a small limit costs little.
  while (makers.length > 0 && done < order.length && tasks.length < limit) {
    const wave = order.slice(done, done + (limit - tasks.length));
    const total = Math.min(order.length, done + wave.length);
    const tell = (): void =>
      options.onProgress?.({ done, total, tasks: tasks.length, rejected: { ...rejected } });
    const made = await concurrently(wave, concurrency, signal, async (from, place) => {
      const result = await madeFrom(from, place, makers, { ...options, perFunction });
      for (const { reason } of result.refused) rejected[reason] = (rejected[reason] ?? 0) + 1;
      done++;
      progress.done++;
      tell();
      return result;
    });
    notes.push(...made.flatMap((one) => one.notes));
    for (const refused of made.flatMap((one) => one.refused)) await options.refuse?.(refused);
    for (const task of interleaved(made.map((one) => one.tasks))) {
      if (tasks.length >= limit) break;
      if (tasks.some(({ hash }) => hash === task.hash)) {
        rejected['duplicate'] = (rejected['duplicate'] ?? 0) + 1;
      } else {
        const admitted = await admittedBy(options, task);
        if (admitted === null) continue;
        tasks.push(admitted);
        tell();
      }
    }
  }
}

function admittedBy({ admit }: MakeOptions, task: Task): Promise<Task | null> {
  return admit === undefined ? Promise.resolve(task) : admit(task);
}

async function madeFrom(
  from: TestedFunction,
  place: number,
  makers: readonly FunctionMaker[],
  options: MakeOptions,
) {
  const tasks: (readonly Task[])[] = [];
  const refused: Refused[] = [];
  const notes: string[] = [];
  // Each function begins with another maker, so that a small limit leaves none out.
  for (let turn = 0; turn < makers.length; turn++) {
    const make = makers[(place + turn) % makers.length];
    if (!make) continue;
    const made = await make(from, options);
    tasks.push(made.tasks);
    refused.push(...made.refused);
    notes.push(...made.notes);
  }
  return { tasks: interleaved(tasks), refused, notes };
}

/** The first of each, then the second of each: no function crowds out the others. */
function interleaved(lists: readonly (readonly Task[])[]): Task[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) =>
    lists.flatMap((list) => list.slice(place, place + 1)),
  ).flat();
}

const reasons: Readonly<Record<string, string>> = {
  fewTests: 'are called by fewer than two tests that can be read',
  needsOtherFiles: 'need other files or packages',
  needsOtherNames: 'are tested together with names that are not functions of their module',
};

function notesOn(leftOut: Readonly<Record<string, number>>): string[] {
  return Object.entries(leftOut).map(
    ([reason, count]) => `${howMany(count, 'function')} ${reasons[reason] ?? reason}`,
  );
}
