import { stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { UserError } from '../domain/errors';
import { taskHash } from '../domain/hash';
import type { Task } from '../domain/task';
import { linesOf, type Line } from '../files/lines';
import { readRecords } from '../files/records';
import { faultOf, newestRuns } from '../journal/questions';
import { gateKind, makerOf, type GateRecord } from '../tasks/gate/admission';
import { gateKey } from '../tasks/gate/gateReport';
import { readTask } from '../tasks/readTask';
import type { Engine } from './engine';
import { rejectedFileOf } from './gatedFiles';
import { gateVerdicts, type GateVerdict } from './gateVerdicts';
import { toldReport } from './toldReport';
import type {
  TaskEntry,
  TaskFileRequest,
  TaskFileView,
  TaskReport,
  TaskReportRequest,
} from './workbench';

/** Tasks of one file that are told of. */
const maxTasks = 20_000;
/** Lines that are read before others get their turn. */
const linesPerTurn = 100;

/**
 * The tasks of a file, and of the file with the rejected ones beside it, each with what is known of
 * it: by the journal, or else by what its own line says. Lines that are no task are told apart.
 */
export async function taskFile(
  engine: Engine,
  { file, text }: TaskFileRequest,
  signal: AbortSignal,
): Promise<TaskFileView> {
  const known = knownOf(engine);
  const tasks: TaskEntry[] = [];
  const bad: TaskFileView['bad'][number][] = [];
  let more = 0;
  const take = async (from: string, open?: string): Promise<void> => {
    const byId = new Map<string, number>();
    const byHash = new Map<string, string>();
    for await (const { line, read } of tasksIn(engine, from, open, signal)) {
      const problem = 'problem' in read ? read.problem : twice(read.task, byId);
      if (problem !== null || !('task' in read)) {
        if (from === file) bad.push({ line: line.number, problem: problem ?? '' });
        continue;
      }
      const { task } = read;
      byId.set(task.id, line.number);
      if (tasks.length >= maxTasks) more++;
      else
        tasks.push(
          entryOf(task, { file: from, line: line.number, twin: byHash.get(task.hash) }, known),
        );
      if (!byHash.has(task.hash)) byHash.set(task.hash, task.id);
    }
  };
  await take(file, text);
  const rejected = rejectedFileOf(file);
  if (/\.tasks\.jsonl$/.test(file) && (await isFile(rejected))) await take(rejected);
  return { tasks, bad, more };
}

/** All that the gate saw of the task on one line. Throws UserError `noSuchTask`. */
export async function taskReport(
  engine: Engine,
  { file, line, text }: TaskReportRequest,
): Promise<TaskReport> {
  const never = new AbortController().signal;
  const known = knownOf(engine);
  for await (const { line: at, read } of tasksIn(engine, file, text, never)) {
    if (at.number !== line || !('task' in read)) continue;
    const { task } = read;
    const entry = entryOf(task, { file, line, twin: undefined }, known);
    const verdict = known.verdicts.get(task.hash);
    const run = verdict && engine.journal.run(verdict.run);
    const recorded = verdict && engine.journal.effects(verdict.run, [gateKind], verdict.given)[0];
    const report = recorded
      ? (recorded.value as GateRecord).report
      : toldReport(task.extra?.[gateKey]);
    return {
      entry,
      steps: report?.steps ?? [],
      survivors: report?.mutation?.survivors ?? [],
      droppedTests: report?.droppedTests ?? [],
      checkedAt: run?.startedAt ?? null,
      prompt: task.prompt,
    };
  }
  throw new UserError({
    code: 'noSuchTask',
    message: `${file}:${String(line)}: there is no task on this line`,
  });
}

async function* tasksIn(
  engine: Engine,
  file: string,
  text: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<{ readonly line: Line; readonly read: ReturnType<typeof readTask> }> {
  const syntax = await engine.syntax();
  let read = 0;
  const lines = text === undefined ? readRecords(file) : linesOf(file, once(text));
  for await (const line of lines) {
    yield { line, read: readTask(line.text, syntax) };
    if (++read % linesPerTurn === 0) await nextTurn();
    signal.throwIfAborted();
  }
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

interface Known {
  readonly verdicts: ReadonlyMap<string, GateVerdict>;
  /** The newest run of a task. */
  readonly runOf: (task: Task) => string | null;
}

function knownOf(engine: Engine): Known {
  if (!engine.hasJournal) return { verdicts: new Map(), runOf: () => null };
  const { journal } = engine;
  const runs = newestRuns(journal);
  const byHash = new Map(runs.map(({ task, run }) => [task, run]));
  const byId = Map.groupBy(runs, ({ id }) => id);
  /** Where its tests run may have been settled only as a run began. */
  const unsettled = (hash: string): string | null => {
    const task = journal.task(hash);
    if (task === null) return null;
    const { judging: _, ...rest } = task;
    return taskHash(rest);
  };
  const runOf = (task: Task): string | null =>
    byHash.get(task.hash) ??
    byId.get(task.id)?.find((one) => unsettled(one.task) === task.hash)?.run ??
    null;
  return { verdicts: gateVerdicts(journal), runOf };
}

function entryOf(
  task: Task,
  place: { readonly file: string; readonly line: number; readonly twin: string | undefined },
  { verdicts, runOf }: Known,
): TaskEntry {
  const { file, line, twin } = place;
  const { id, hash, language, entryPoint, tests } = task;
  const visible = tests.filter(({ role }) => role === 'visible').length;
  const verdict = verdicts.get(hash);
  const told = verdict ? null : toldReport(task.extra?.[gateKey]);
  const isTwin = verdict !== undefined && twin !== undefined;
  const { state, reason, saw } = isTwin
    ? { state: 'rejected' as const, reason: 'duplicate', saw: `the same work as ${twin}` }
    : (verdict ?? {
        state: told?.state ?? ('notChecked' as const),
        reason: told?.reason,
        saw: told?.steps.find(({ outcome }) => outcome === 'failed')?.saw,
      });
  return {
    ...{ file, line, id, hash, language, entryPoint, maker: makerOf(task) },
    ...faultOf(task),
    ...{ visible, hidden: tests.length - visible, state },
    toldBy: verdict ? 'journal' : told ? 'file' : null,
    ...(reason === undefined ? {} : { reason }),
    ...(saw === undefined ? {} : { saw }),
    mutationScore: verdict?.mutationScore ?? told?.mutation?.score ?? null,
    difficulty: verdict?.difficulty ?? told?.difficulty ?? null,
    run: runOf(task),
  };
}

function twice({ id }: Task, byId: ReadonlyMap<string, number>): string | null {
  const before = byId.get(id);
  return before === undefined ? null : `id: ${id} stands already on line ${String(before)}`;
}

function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
