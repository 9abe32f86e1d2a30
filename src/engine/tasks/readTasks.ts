import type { JsonObject } from '../domain/json';
import type { Task } from '../domain/task';
import { UserError } from '../domain/errors';
import { badLine, readLines } from '../files/lines';
import { functionsOf } from '../syntax/functions';
import type { Syntax } from '../syntax/parser';
import type { SyntaxForFormats, TaskFormat } from './formats/format';
import { humanEval } from './formats/humanEval';
import { ownFormat } from './formats/ownFormat';

const formats: readonly TaskFormat[] = [ownFormat, humanEval];

export interface TasksRead {
  readonly tasks: readonly Task[];
  readonly skipped: number;
}

/**
 * The tasks of a file, in any format that is known, told line by line by content. A bad line is
 * an error that names file, line and key, and nothing is taken, unless bad lines are skipped.
 */
export async function readTasks(
  file: string,
  syntax: Syntax,
  options: { readonly skipBad?: boolean } = {},
): Promise<TasksRead> {
  const tasks: Task[] = [];
  const lineOfId = new Map<string, number>();
  let skipped = 0;
  const support = supportFrom(syntax);
  for await (const line of readLines(file)) {
    const read = readTask(line.text, support);
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

function readTask(text: string, syntax: SyntaxForFormats) {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'is not JSON' };
  }
  if (typeof line !== 'object' || line === null || Array.isArray(line)) {
    return { problem: 'is not a JSON object' };
  }
  const object = line as JsonObject;
  const format = formats.find((candidate) => candidate.matches(object));
  if (!format) {
    return { problem: 'is not a task of a known format (entryPoint and tests are missing)' };
  }
  return format.read(object, syntax);
}

/** A prompt without its entry point: what is left are imports and helpers. */
function supportFrom(syntax: Syntax): SyntaxForFormats {
  return {
    supportOf(prompt, entryPoint) {
      const entry = functionsOf(syntax, 'python', prompt).find(({ name }) => name === entryPoint);
      if (!entry) return '';
      return (prompt.slice(0, entry.start) + prompt.slice(entry.end)).trim();
    },
  };
}
