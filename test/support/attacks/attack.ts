import { aTask } from '../builders';
import type { Language, Task, Test } from '../../../src/engine/domain/task';
import type { Status } from '../../../src/engine/domain/verdict';

/** What an attack is after. */
export type AttackKind =
  /** A wrong program that wants to be told right. */
  | 'forge'
  /** Reaches what lies outside its sandbox. */
  | 'escape'
  /** Takes more than its share. */
  | 'exhaust'
  /** Leaves something behind for the next program. */
  | 'outlive'
  /** Looks at what it should not see. */
  | 'observe';

/** A task that attacks are tried on: `f`, with a right program and tests. */
export interface AttackTask {
  readonly id: string;
  readonly language: Language;
  readonly reference: string;
  readonly tests: readonly string[];
}

/**
 * A hostile program. One that forges is wrong, and no judge should say that it passed. The others
 * try what they are after and are right only if they did not get it, so that the judge's verdict
 * tells whether its walls held; where a bound ends them instead, `ends` says how.
 */
export interface Attack {
  readonly id: string;
  readonly kind: AttackKind;
  readonly program: string;
  readonly task: AttackTask;
  /**
   * What it may end as: `passed` unless told, which says that its walls held. Where that is not
   * among them, a bound ends a right program. A forging one may end as anything but `passed`.
   */
  readonly ends?: readonly Status[];
  /** Looks for what was left behind: right only if nothing was. */
  readonly then?: string;
  /** Could harm a machine on which nothing stops it. */
  readonly isHarmful?: true;
}

export function taskOf({ task, id }: Attack): Task {
  const tests = task.tests.map((source, place): Test => ({
    id: `t${String(place)}`,
    role: 'hidden',
    kind: 'assert',
    source,
  }));
  const { language, reference } = task;
  return { ...aTask({ language, entryPoint: 'f', reference, tests }), id };
}

const pythonReference = 'def f(x): return x + 1\n';
const javascriptReference = 'function f(x) { return x + 1; }\n';

/** A task of the same function with other tests. */
export function pythonTask(id: string, ...tests: string[]): AttackTask {
  return { id, language: 'python', reference: pythonReference, tests };
}

export function javascriptTask(id: string, ...tests: string[]): AttackTask {
  return { id, language: 'javascript', reference: javascriptReference, tests };
}

export const pythonTasks: readonly AttackTask[] = [
  pythonTask('number', 'assert f(1) == 2', 'assert f(5) == 6'),
  {
    id: 'list',
    language: 'python',
    reference: 'def f(x): return sorted(x)\n',
    tests: ['assert f([3, 1, 2]) == [1, 2, 3]', 'assert f([9, 7, 8]) == [7, 8, 9]'],
  },
];

const assertion = "const assert = require('node:assert');";

export const javascriptTasks: readonly AttackTask[] = [
  javascriptTask(
    'number',
    `${assertion} assert.equal(f(1), 2);`,
    `${assertion} assert.equal(f(5), 6);`,
  ),
  {
    id: 'list',
    language: 'javascript',
    reference: 'function f(x) { return [...x].sort(); }\n',
    tests: [
      `${assertion} assert.deepEqual(f([3, 1, 2]), [1, 2, 3]);`,
      `${assertion} assert.deepEqual(f([9, 7, 8]), [7, 8, 9]);`,
    ],
  },
];

/** One forging program for each task. */
export function onEach(
  tasks: readonly AttackTask[],
  programs: Readonly<Record<string, string>>,
): Attack[] {
  return Object.entries(programs).flatMap(([id, program]) =>
    tasks.map((task) => ({
      id: `${task.language}: ${id} (${task.id})`,
      kind: 'forge' as const,
      program,
      task,
    })),
  );
}
