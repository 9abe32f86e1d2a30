import type { TaskEntry, TaskFileView } from '../../engine/flywheel/workbench';
import { nodeContexts } from '../ids';

export type TaskState = TaskEntry['state'];

/** A node of the Tasks tree. The fields are also the target that its commands read. */
export type TasksNode =
  | { readonly kind: 'file'; readonly file: string }
  | {
      readonly kind: 'state';
      readonly file: string;
      readonly state: TaskState;
      readonly count: number;
    }
  | ({ readonly kind: 'entry' } & TaskTarget & { readonly entry: TaskEntry })
  | { readonly kind: 'bad'; readonly file: string; readonly count: number; readonly line: number }
  | {
      readonly kind: 'more';
      readonly file: string;
      readonly state: TaskState;
      readonly left: number;
    };

/** One task of a file, as commands are told of it. */
export interface TaskTarget {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly id: string;
  /** Of the task, and the newest run that worked on it. */
  readonly hash: string;
  readonly run: string | null;
  readonly entryPoint: string;
}

/** Tasks of one state that a click shows. */
export const tasksPerPage = 500;

const states: readonly TaskState[] = ['admitted', 'trainingOnly', 'rejected', 'notChecked'];

/** What stands below a file: its tasks by state, and the first line that is no task. */
export function groupsOf(file: string, { tasks, bad, more }: TaskFileView): TasksNode[] {
  const count = (state: TaskState): number => tasks.filter((one) => one.state === state).length;
  const [first] = bad;
  return [
    ...(first ? [{ kind: 'bad', file, count: bad.length, line: first.line } as const] : []),
    ...states
      .map((state) => ({ kind: 'state', file, state, count: count(state) }) as const)
      .filter((node) => node.count > 0),
    ...(more > 0 ? [{ kind: 'more', file, state: 'notChecked', left: more } as const] : []),
  ];
}

/** The first tasks of a state, and how many more there are. */
export function entriesOf(
  file: string,
  state: TaskState,
  { tasks }: TaskFileView,
  shown = tasksPerPage,
): TasksNode[] {
  const all = tasks.filter((one) => one.state === state);
  const left = all.length - shown;
  return [
    ...all
      .slice(0, shown)
      .map((entry): TasksNode => ({ kind: 'entry', entry, ...taskTarget(entry) })),
    ...(left > 0 ? [{ kind: 'more', file, state, left } as const] : []),
  ];
}

export function taskTarget({ file, line, id, hash, run, entryPoint }: TaskEntry): TaskTarget {
  return { file, line, id, hash, run, entryPoint };
}

/** What a command on a task is meant for; null where it was given something else. */
export function readTaskTarget(argument: unknown): TaskTarget | null {
  if (typeof argument !== 'object' || argument === null) return null;
  const { file, line, id, hash, run, entryPoint } = argument as Readonly<Record<string, unknown>>;
  const texts = [file, id, hash, entryPoint];
  if (texts.some((text) => typeof text !== 'string') || typeof line !== 'number') return null;
  return {
    ...{ file: file as string, id: id as string, hash: hash as string, line },
    ...{ entryPoint: entryPoint as string, run: typeof run === 'string' ? run : null },
  };
}

/** The file that a command was given a node of; undefined where it was given none. */
export function fileOfNode(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('file' in argument)) return undefined;
  return typeof argument.file === 'string' ? argument.file : undefined;
}

/** What decides which commands a task offers. */
export function entryContext({ state, run }: TaskEntry): string {
  const isKnown = state !== 'notChecked';
  if (run === null) return isKnown ? nodeContexts.checkedTask : nodeContexts.newTask;
  return isKnown ? nodeContexts.checkedRanTask : nodeContexts.newRanTask;
}
