import { concurrently } from '../domain/concurrently';
import { randomOf, shuffled } from '../domain/random';
import type { Judge, Effects } from '../domain/ports';
import type { Language, Task } from '../domain/task';
import type { Syntax } from '../syntax/parser';
import { injectFaults } from './makers/faultInjection';
import { findSources } from './source/findSources';
import { testedFunctions, type TestedFunction } from './source/testedFunctions';

export interface MakeOptions {
  readonly from: string;
  readonly syntax: Syntax;
  readonly judge: Judge;
  readonly effects: Effects;
  readonly signal: AbortSignal;
  readonly seed: number;
  readonly perFunction: number;
  readonly limit: number;
  /** How many functions are worked on at a time. */
  readonly concurrency: number;
  readonly origin: { readonly name: string; readonly license: string | null };
  /** Why programs of a language cannot be run here; null where they can. */
  readonly unjudged: (language: Language) => string | null;
  readonly onProgress?: (progress: MakeProgress) => void;
}

export interface MakeProgress {
  readonly done: number;
  readonly total: number;
  readonly tasks: number;
  readonly rejected: Readonly<Record<string, number>>;
}

export interface Made {
  readonly tasks: readonly Task[];
  readonly functions: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly leftOut: readonly { readonly language: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

/** Tasks from the user's own code: its tested functions, each with small faults put in. */
export async function makeTasks(options: MakeOptions): Promise<Made> {
  const sources = await findSources(options.from);
  const found = testedFunctions(options.syntax, sources);
  const rejected: Record<string, number> = {};
  const leftOut = new Map<string, string>();
  const usable = found.functions.filter(({ language }) => {
    const reason = options.unjudged(language);
    if (reason !== null) leftOut.set(language, reason);
    return reason === null;
  });
  const order = shuffled(usable, randomOf(options.seed, 'functions'));
  const perFunction = Math.min(
    options.perFunction,
    Math.max(1, Math.ceil(options.limit / Math.max(1, order.length))),
  );
  const failing: string[] = [];
  const byFunction = new Map<TestedFunction, readonly Task[]>();
  let admitted = 0;
  const { concurrency, signal } = options;
  // In waves no larger than what is still wanted, so that a small limit costs little.
  while (byFunction.size < order.length && admitted < options.limit) {
    const wave = order.slice(byFunction.size, byFunction.size + (options.limit - admitted));
    await concurrently(wave, concurrency, signal, async (from) => {
      const result = await injectFaults(from, { ...options, perFunction });
      byFunction.set(from, result.tasks);
      add(rejected, result.rejected);
      failing.push(...result.notes);
      const total = Math.min(order.length, byFunction.size + wave.length);
      const tasks = [...byFunction.values()].reduce((sum, some) => sum + some.length, 0);
      options.onProgress?.({ done: byFunction.size, total, tasks, rejected: { ...rejected } });
    });
    admitted = [...byFunction.values()].reduce((sum, some) => sum + some.length, 0);
  }
  const kept = interleaved(order.map((from) => byFunction.get(from) ?? [])).slice(0, options.limit);
  const { tasks, duplicates } = distinct(kept);
  if (duplicates > 0) add(rejected, { duplicate: duplicates });
  return {
    tasks: [...tasks].sort((a, b) => (a.id < b.id ? -1 : 1)),
    functions: found.functions.length,
    rejected,
    leftOut: [...leftOut].map(([language, reason]) => ({ language, reason })),
    notes: [...sources.notes, ...notesOn(found.leftOut), ...failing.sort()],
  };
}

/** The first of each, then the second of each: no function crowds out the others. */
function interleaved(lists: readonly (readonly Task[])[]): Task[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) =>
    lists.flatMap((list) => list.slice(place, place + 1)),
  ).flat();
}

function distinct(tasks: readonly Task[]): { tasks: Task[]; duplicates: number } {
  const byHash = new Map(tasks.map((task) => [task.hash, task]));
  return { tasks: [...byHash.values()], duplicates: tasks.length - byHash.size };
}

function add(to: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [reason, count] of Object.entries(more)) to[reason] = (to[reason] ?? 0) + count;
}

const reasons: Readonly<Record<string, string>> = {
  fewTests: 'are called by fewer than two tests that can be read',
  needsOtherFiles: 'need other files or packages',
  needsOtherNames: 'are tested together with names that are not functions of their module',
};

function notesOn(leftOut: Readonly<Record<string, number>>): string[] {
  return Object.entries(leftOut).map(
    ([reason, count]) => `${String(count)} functions ${reasons[reason] ?? reason}`,
  );
}
