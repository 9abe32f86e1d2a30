import { diffLines } from 'diff';
import { sha256 } from '../domain/hash';
import type { Task } from '../domain/task';
import { hiddenTests, visibleTests } from '../domain/task';
import type { Verdict } from '../domain/verdict';
import type { TurnRecord } from '../domain/records';
import type { DifferenceLine, FailingTest, SampleMark, TaskRow } from '../domain/view';
import type { TaskStory, TurnStory } from '../domain/view';
import { UserError } from '../domain/errors';
import { bestSample } from '../journal/bestSample';
import type { Journal } from '../journal/journal';
import {
  attemptsOf,
  callsOf,
  cellOf,
  countPassed,
  sampleRowsOf,
  trajectoryOf,
  type RecordedTurn,
} from '../journal/questions';
import { attemptStory, callStory } from './callStory';
import { traceStories } from './traceStory';
import { howMany } from '../domain/howMany';

/** Unchanged lines kept around a change. */
const contextLines = 3;
const maxOutputShown = 4000;
/**
 * One sample of a task of a run, told from the starter to the end, each turn against what it was
 * made from. The best sample unless told.
 */
export function storyOf(
  journal: Journal,
  run: string,
  taskHash: string,
  asked?: number,
): TaskStory {
  const task = journal.tasksOf(run).find(({ hash }) => hash === taskHash);
  if (!task) {
    throw new UserError({ code: 'noSuchTask', message: `The run ${run} has no task ${taskHash}` });
  }
  const rows = sampleRowsOf(journal, run, task);
  const sample = asked ?? bestSample(rows);
  const row = rows[sample];
  if (!row) {
    throw new UserError({
      code: 'noSuchSample',
      message: `The run ${run} has ${howMany(rows.length, 'sample')} of a task, counted from 0, and none of the number ${String(sample)}`,
    });
  }
  const { start, turns, missed, outcome } = trajectoryOf(journal, run, taskHash, sample);
  const calls = callsOf(journal, run, taskHash, sample);
  const attempts = Map.groupBy(attemptsOf(journal, run, taskHash, sample), ({ turn }) => turn);
  const traces = traceStories(journal, { run, task: taskHash, sample }, turns);
  const asStarted: Made = { number: 0, program: task.starter ?? '', verdict: start };
  const told = [
    ...turns.map((turn, index) =>
      turnStory(turn, madeFrom(turn, turns.slice(0, index), asStarted)),
    ),
    ...missed.map((record) => emptyTurn(record)),
  ]
    .sort((a, b) => a.number - b.number)
    .map((turn): TurnStory => {
      const own = calls.filter((call) => call.turn === turn.number);
      const failed = attempts.get(turn.number) ?? [];
      const trace = traces.get(turn.number);
      return {
        ...turn,
        ...(own.length === 0 ? {} : { calls: own.map(callStory) }),
        ...(failed.length === 0
          ? {}
          : { attempts: failed.map(({ record }) => attemptStory(record)) }),
        ...(trace ? { trace } : {}),
      };
    });
  const answer = outcome?.answer ?? null;
  const open = [...attempts]
    .filter(([number]) => told.every((turn) => turn.number !== number))
    .sort(([a], [b]) => a - b)
    .map(([number, of]) => ({ number, attempts: of.map(({ record }) => attemptStory(record)) }));
  return {
    run,
    row,
    sample,
    ...(rows.length > 1 ? { samples: rows.map(sampleMark) } : {}),
    ...(outcome?.chosenBy === undefined ? {} : { chosenBy: outcome.chosenBy }),
    prompt: task.prompt,
    visibleTests: visibleTests(task).length,
    hiddenTests: hiddenTests(task).length,
    turns: told,
    ...(open.length === 0 ? {} : { open }),
    answer: answer === null ? null : told.findIndex(({ number }) => number === answer),
    ...(task.starter === undefined ? {} : { starter: starterStory(task, task.starter, start) }),
  };
}

function sampleMark(row: TaskRow, sample: number): SampleMark {
  const { state, turns, stop, solvedVisible, passedHidden } = row;
  return {
    ...{ sample, state, turns: turns.length },
    ...(stop === undefined ? {} : { stop }),
    ...(solvedVisible === undefined ? {} : { solvedVisible }),
    ...(passedHidden === undefined ? {} : { passedHidden }),
  };
}

/** A program with what was found of it. */
interface Made {
  /** Of its turn; 0 for the starter. */
  readonly number: number;
  readonly program: string;
  readonly verdict: Verdict | undefined;
}

/** What a turn was made from: as its proposer was told, else the turn before. */
function madeFrom(
  { candidate }: RecordedTurn,
  before: readonly RecordedTurn[],
  starter: Made,
): Made {
  const { told } = candidate;
  if (told?.approach === 'sample') return starter;
  const base = before.find(({ record }) => record.number === told?.about) ?? before.at(-1);
  if (!base) return starter;
  return {
    number: base.record.number,
    program: base.candidate.program,
    verdict: base.verdict,
  };
}

/** A turn that was spent without a program to judge. */
function emptyTurn(record: TurnRecord): TurnStory {
  const nothing = { program: null, difference: [], fixed: [], broke: [] };
  return { ...cellOf(record), ...nothing, durationMs: record.durationMs };
}

function starterStory(task: Task, starter: string, start: Verdict | undefined) {
  return {
    program: sha256(starter),
    status: start?.status ?? 'noTests',
    ...(start ? countPassed(start) : { passed: 0, of: visibleTests(task).length }),
    ...failingOf(start),
  };
}

function turnStory(turn: RecordedTurn, before: Made): TurnStory {
  const { record, candidate, verdict, score } = turn;
  const output = verdict.output.slice(0, maxOutputShown);
  return {
    ...cellOf(record),
    program: sha256(candidate.program),
    against: before.number,
    difference: difference(before.program, candidate.program),
    ...changed(before.verdict, verdict),
    ...failingOf(verdict),
    isolation: verdict.isolation,
    durationMs: record.durationMs,
    ...(candidate.note === undefined ? {} : { note: candidate.note }),
    ...(candidate.choice === undefined ? {} : { choice: candidate.choice }),
    ...(record.feedback === null ? {} : { feedback: record.feedback }),
    ...(candidate.told === undefined ? {} : { told: candidate.told }),
    ...(output === '' ? {} : { output }),
    ...(verdict.message === undefined ? {} : { message: verdict.message }),
    ...(score ? { passedHidden: score.status === 'passed' } : {}),
  };
}

/** Nothing was fixed where nothing stood before. */
function changed(before: Verdict | undefined, after: Verdict) {
  if (!before) return { fixed: [], broke: [] };
  const passedBefore = new Set(
    before.tests.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id),
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
