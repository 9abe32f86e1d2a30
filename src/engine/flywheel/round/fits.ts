import type { Ability, Cell, Direction } from '../../domain/rounds';
import { hiddenTests, isOurs, visibleTests, type Task } from '../../domain/task';
import type { Goals } from './goals';

/** Why a task is none for these goals; null where it is one. */
export type Unfit =
  'ability' | 'direction' | 'language' | 'concept' | 'noHiddenTests' | 'noStarter';

export function unfitFor(task: Task, goals: Goals): Unfit | null {
  if (goals.language !== undefined && task.language !== goals.language) return 'language';
  if (abilityOf(task) !== goals.ability) return 'ability';
  if (!directionsOf(task).includes(goals.direction)) return 'direction';
  if (goals.concept !== undefined && !standsIn(goals.concept, task)) return 'concept';
  if (hiddenTests(task).length === 0) return 'noHiddenTests';
  if (goals.solver.kind === 'search') {
    const hasStart = task.starter !== undefined && isOurs(task.language);
    if (!hasStart || visibleTests(task).length === 0) return 'noStarter';
  }
  return null;
}

/** As the task's source says it, else by what there is to begin with. */
export function abilityOf({ source, starter }: Task): Ability {
  const told = source['ability'];
  if (told === 'write' || told === 'repair' || told === 'test' || told === 'speed') return told;
  if (/^body-removal\b/.test(source.maker)) return 'write';
  return starter === undefined ? 'write' : 'repair';
}

/**
 * What a right program of the task is better at. Generated inputs on which it must agree with a
 * reference ask for more than written tests do; other directions are told by the task's source.
 */
export function directionsOf({ source, tests }: Task): readonly Direction[] {
  const told = source['direction'];
  if (typeof told === 'string') return [told as Direction];
  return tests.some(({ kind }) => kind === 'differential') ? ['correct', 'robust'] : ['correct'];
}

/** What a task is about, as its source says it, else the module of its family. */
export function topicOf({ source, family }: Task): string {
  const { concepts } = source as { readonly concepts?: unknown };
  const [first] = Array.isArray(concepts) ? (concepts as readonly unknown[]) : [];
  if (typeof first === 'string' && first !== '') return first;
  const parts = family.split('/');
  return parts.length > 1 ? parts.slice(0, -1).join('/') : family;
}

/** The cell of a task in the table of language, concept and kind of fault. */
export function cellOf(task: Task): Cell {
  return { language: task.language, concept: topicOf(task), fault: faultOf(task) };
}

function faultOf({ source, starter }: Task): string {
  const { faults, fault } = source as { readonly faults?: unknown; readonly fault?: unknown };
  const listed: readonly unknown[] = Array.isArray(faults)
    ? faults
    : fault === undefined
      ? []
      : [fault];
  const names = listed.flatMap((one) =>
    typeof one === 'object' && one !== null && 'operator' in one && typeof one.operator === 'string'
      ? [one.operator]
      : [],
  );
  if (names.length > 1) return 'several';
  if (names[0] !== undefined) return names[0];
  return /^body-removal\b/.test(source.maker) || starter === undefined ? 'body' : 'unknown';
}

function standsIn(concept: string, { id, family, entryPoint, prompt, source }: Task): boolean {
  const wanted = concept.toLowerCase();
  const concepts: unknown = source['concepts'];
  const told = Array.isArray(concepts) ? concepts.join('\n') : '';
  return [id, family, entryPoint, prompt, told].some((one) => one.toLowerCase().includes(wanted));
}
