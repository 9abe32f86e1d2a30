import { stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../domain/errors';
import type { Task } from '../domain/task';
import { writeWholeFrom } from '../files/atomicWrite';
import { badLine, readProblem } from '../files/lines';
import { readRecords } from '../files/records';
import type { Syntax } from '../syntax/parser';
import { folderTasks } from '../tasks/folderTasks';
import { writeTask } from '../tasks/formats/ownFormat';
import { readTask } from '../tasks/readTask';
import type { Engine } from './engine';
import type { ImportTasksRequest, ImportTasksResult, ProgressListener } from './workbench';

const tellEach = 100;
const maxNotes = 20;

/**
 * Brings published sets and folders in as one file of our format, record by record, whole or not at
 * all. What a format holds and this version does not judge is counted by reason; a record that is
 * no task is an error with its place, unless bad ones are skipped.
 */
export async function importTasks(
  engine: Engine,
  request: ImportTasksRequest,
  progress: ProgressListener,
  signal: AbortSignal,
): Promise<ImportTasksResult> {
  const { files, out } = request;
  if (files.some((file) => path.resolve(file) === path.resolve(out))) {
    throw new UserError({
      code: 'badUsage',
      message: `${out} is read by this command and cannot be written by it`,
      mend: 'Name another file.',
    });
  }
  const counts = new Counts();
  const syntax = await engine.syntax();
  await writeWholeFrom(out, linesOf(syntax, request, counts, progress, signal));
  return { out, ...counts.all() };
}

async function* linesOf(
  syntax: Syntax,
  request: ImportTasksRequest,
  counts: Counts,
  progress: ProgressListener,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const placeOfId = new Map<string, string>();
  for (const file of request.files) {
    for await (const { task, place, format } of tasksOf(file, syntax, request, counts)) {
      signal.throwIfAborted();
      const before = placeOfId.get(task.id);
      if (before !== undefined) {
        const problem = `id: ${task.id} stands already at ${before}`;
        counts.bad(() => new UserError({ code: 'badLine', message: `${place}: ${problem}` }), {
          skip: request.skipBad === true,
        });
        continue;
      }
      placeOfId.set(task.id, place);
      counts.take(format);
      if (counts.tasks % tellEach === 0) {
        progress({ done: counts.tasks, total: counts.tasks, what: 'tasks read' });
      }
      yield `${writeTask(task)}\n`;
    }
  }
  if (counts.tasks === 0) throw nothing(request, counts);
}

interface Found {
  readonly task: Task;
  readonly place: string;
  readonly format: string;
}

async function* tasksOf(
  file: string,
  syntax: Syntax,
  { format = 'auto', skipBad }: ImportTasksRequest,
  counts: Counts,
): AsyncGenerator<Found> {
  const found = await stat(file).catch((error: unknown) => {
    throw readProblem(file, error);
  });
  if (found.isDirectory() || format === 'folder') {
    const read = await folderTasks(file, syntax);
    for (const [reason, count] of Object.entries(read.rejected)) counts.reject(reason, count);
    counts.note(read.notes);
    for (const task of read.tasks) yield { task, place: file, format: 'folder' };
    return;
  }
  for await (const { number, text } of readRecords(file)) {
    const read = readTask(text, syntax, format === 'auto' ? undefined : format);
    if ('task' in read) {
      for (const reason of read.leftOut ?? []) counts.leaveOut(reason);
      yield { task: read.task, place: `${file}:${String(number)}`, format: read.format ?? format };
    } else if (read.rejected !== undefined) {
      counts.reject(read.rejected);
    } else {
      counts.bad(() => badLine(file, number, read.problem), { skip: skipBad === true });
    }
  }
}

class Counts {
  tasks = 0;
  private readonly byFormat: Record<string, number> = {};
  private readonly rejected: Record<string, number> = {};
  private readonly leftOut: Record<string, number> = {};
  private readonly notes: string[] = [];
  private skipped = 0;

  take(format: string): void {
    this.tasks++;
    add(this.byFormat, format);
  }

  reject(reason: string, count = 1): void {
    add(this.rejected, reason, count);
  }

  leaveOut(reason: string): void {
    add(this.leftOut, reason);
  }

  note(notes: readonly string[]): void {
    this.notes.push(...notes.slice(0, maxNotes - this.notes.length));
  }

  bad(error: () => UserError, { skip }: { readonly skip: boolean }): void {
    const told = error();
    if (!skip) throw told;
    this.skipped++;
    this.note([told.message]);
  }

  all(): Omit<ImportTasksResult, 'out'> {
    const { tasks, byFormat, rejected, leftOut, notes, skipped } = this;
    return { tasks, byFormat, rejected, leftOut, notes, skipped };
  }
}

function add(to: Record<string, number>, reason: string, count = 1): void {
  to[reason] = (to[reason] ?? 0) + count;
}

function nothing({ files }: ImportTasksRequest, counts: Counts): UserError {
  const { rejected, skipped, notes } = counts.all();
  const reasons = [
    ...Object.entries(rejected).map(([reason, count]) => `${reason}: ${String(count)}`),
    ...(skipped > 0 ? [`bad lines: ${String(skipped)}`] : []),
    ...notes,
  ];
  return new UserError({
    code: 'noTasks',
    message: [`No task could be taken from ${files.join(', ')}`, ...reasons].join('\n  '),
  });
}
