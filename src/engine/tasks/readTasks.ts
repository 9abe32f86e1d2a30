import { UserError } from '../domain/errors';
import type { Task } from '../domain/task';
import { badLine } from '../files/lines';
import { readRecords } from '../files/records';
import type { Syntax } from '../syntax/parser';
import { readTask } from './readTask';

export interface TasksRead {
  readonly tasks: readonly Task[];
  readonly skipped: number;
}

/**
 * The tasks of a file, in any format that is known, told record by record by content. A bad record
 * is an error that names file, line and key, and nothing is taken, unless bad ones are skipped.
 */
export async function readTasks(
  file: string,
  syntax: Syntax,
  options: { readonly skipBad?: boolean } = {},
): Promise<TasksRead> {
  const tasks: Task[] = [];
  const lineOfId = new Map<string, number>();
  let skipped = 0;
  for await (const line of readRecords(file)) {
    const read = readTask(line.text, syntax);
    const before = 'task' in read ? lineOfId.get(read.task.id) : undefined;
    const problem =
      'problem' in read
        ? read.problem
        : before === undefined
          ? null
          : `id: ${read.task.id} stands already on line ${String(before)}`;
    if (problem !== null) {
      if (options.skipBad !== true) throw badLine(file, line.number, problem);
      skipped++;
    } else if ('task' in read) {
      tasks.push(read.task);
      lineOfId.set(read.task.id, line.number);
    }
  }
  if (tasks.length === 0 && skipped === 0) {
    throw new UserError({ code: 'noTasks', message: `${file}: there is no task in it` });
  }
  return { tasks, skipped };
}
