import { diffLines } from 'diff';
import { sha256 } from '../domain/hash';
import type { Task } from '../domain/task';
import { hiddenTests, visibleTests } from '../domain/task';
import type { Verdict } from '../domain/verdict';
import type { DifferenceLine, FailingTest, TaskStory, TurnStory } from '../domain/view';
import { UserError } from '../domain/errors';
import type { Journal } from '../journal/journal';
import { cellOf, countPassed, rowsOf, trajectoryOf, type RecordedTurn } from '../journal/questions';

/** Unchanged lines kept around a change. */
const contextLines = 3;
const maxOutputShown = 4000;

/** One task of a run told from the starter to the end, each turn against the one before. */
export function storyOf(journal: Journal, run: string, taskHash: string): TaskStory {
  const task = journal.tasksOf(run).find(({ hash }) => hash === taskHash);
  const [row] = rowsOf(journal, run, taskHash);
  if (!task || !row) {
    throw new UserError({ code: 'noSuchTask', message: `The run ${run} has no task ${taskHash}` });
  }
  const { start, turns, outcome } = trajectoryOf(journal, run, taskHash);
  const told: TurnStory[] = [];
  let before = { program: task.starter ?? '', verdict: start };
  for (const turn of turns) {
    told.push(turnStory(turn, before));
    before = { program: turn.candidate.program, verdict: turn.verdict };
  }
  const answer = outcome?.answer ?? null;
  return {
    run,
    row,
    prompt: task.prompt,
    visibleTests: visibleTests(task).length,
    hiddenTests: hiddenTests(task).length,
    turns: told,
    answer: answer === null ? null : told.findIndex(({ number }) => number === answer),
    ...(task.starter === undefined ? {} : { starter: starterStory(task, task.starter, start) }),
  };
}

function starterStory(task: Task, starter: string, start: Verdict | undefined) {
  return {
    program: sha256(starter),
    status: start?.status ?? 'noTests',
    ...(start ? countPassed(start) : { passed: 0, of: visibleTests(task).length }),
    ...failingOf(start),
  };
}

function turnStory(
  turn: RecordedTurn,
  before: { program: string; verdict: Verdict | undefined },
): TurnStory {
  const { record, candidate, verdict, score } = turn;
  const output = verdict.output.slice(0, maxOutputShown);
  return {
    ...cellOf(record),
    program: sha256(candidate.program),
    difference: difference(before.program, candidate.program),
    ...changed(before.verdict, verdict),
    ...failingOf(verdict),
    isolation: verdict.isolation,
    durationMs: record.durationMs,
    ...(candidate.note === undefined ? {} : { note: candidate.note }),
    ...(record.feedback === null ? {} : { feedback: record.feedback }),
    ...(output === '' ? {} : { output }),
    ...(verdict.message === undefined ? {} : { message: verdict.message }),
    ...(score ? { passedHidden: score.status === 'passed' } : {}),
  };
}

function changed(before: Verdict | undefined, after: Verdict) {
  const passedBefore = new Set(
    before?.tests.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id),
  );
  const ids = (wanted: boolean): string[] =>
    after.tests
      .filter(
        ({ id, outcome }) => (outcome === 'passed') === wanted && passedBefore.has(id) !== wanted,
      )
      .map(({ id }) => id);
  return { fixed: ids(true), broke: ids(false) };
}

function failingOf(verdict: Verdict | undefined): { failing?: FailingTest } {
  const failing = verdict?.tests.find(
    ({ outcome }) => outcome !== 'passed' && outcome !== 'notRun',
  );
  return failing ? { failing } : {};
}

/** Changed lines with a little of what stands around them. */
export function difference(before: string, after: string): DifferenceLine[] {
  const parts = diffLines(before, after);
  return parts.flatMap((part, index): DifferenceLine[] => {
    const lines = part.value.replace(/\n$/, '').split('\n');
    if (part.added || part.removed) {
      return lines.map((text) => ({ kind: part.added ? 'added' : 'removed', text }));
    }
    const head = index === 0 ? [] : lines.slice(0, contextLines);
    const tail = index === parts.length - 1 ? [] : lines.slice(-contextLines);
    if (head.length + tail.length >= lines.length) return lines.map(same);
    return [...head.map(same), { kind: 'gap', text: '' }, ...tail.map(same)];
  });
}

function same(text: string): DifferenceLine {
  return { kind: 'same', text };
}
