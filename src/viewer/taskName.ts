import type { TaskRow } from '../engine/domain/view';

/** A task as people tell it from others: the function first, then what was done to it. */
export interface TaskName {
  readonly entryPoint: string;
  /** Such as `boolean`, the kind of fault; empty where the id ends in the function itself. */
  readonly variant: string;
}

type Named = Pick<TaskRow, 'id' | 'entryPoint' | 'fault'>;

export function taskName(task: Named): TaskName {
  const { entryPoint, fault } = task;
  return { entryPoint, variant: fault ?? lastPart(task).replace(/(?:^|[-_])[0-9a-f]{6,}$/i, '') };
}

/** The names of several tasks: where two would read the same, they keep what tells them apart. */
export function taskNames(tasks: readonly Named[]): (task: Named) => TaskName {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const task of tasks) {
    const key = textOf(taskName(task));
    (seen.has(key) ? twice : seen).add(key);
  }
  return (task) => {
    const name = taskName(task);
    return twice.has(textOf(name)) ? { ...name, variant: distinctPart(task) } : name;
  };
}

function textOf({ entryPoint, variant }: TaskName): string {
  return `${entryPoint}\n${variant}`;
}

function distinctPart(task: Named): string {
  const last = lastPart(task);
  return task.fault === undefined || last.startsWith(task.fault) ? last : `${task.fault} ${last}`;
}

function lastPart({ id, entryPoint }: Named): string {
  const last = id.split(/[/#:@]/).at(-1) ?? '';
  return last === entryPoint ? '' : last;
}
