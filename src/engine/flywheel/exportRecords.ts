import { effectKinds, type DecisionRecord } from '../domain/records';
import { hiddenTests, visibleTests, type Task } from '../domain/task';
import { isAboutProgram, maxOutputChars, passedCount, type Verdict } from '../domain/verdict';
import type { HeldOut } from '../datasets/curation/heldOut';
import type { Attempt, DatasetRecord, Refusal, RefusalReason } from '../datasets/pair';
import { recordId } from '../datasets/recordId';
import { isEditorModel } from '../datasets/termsOfUse';
import type { Journal } from '../journal/journal';
import {
  callsOf,
  trajectoryOf,
  type RecordedTrajectory,
  type RecordedTurn,
} from '../journal/questions';

/** A verdict that took more of a limit might have gone the other way on a slower day. */
const maxShareOfLimit = 0.8;

export interface Collected {
  /** As recorded, nothing verified yet: `answer` is null. */
  readonly record: DatasetRecord;
  /** Place of the program that may become the answer; null where it is no pair for certain. */
  readonly candidate: number | null;
}

export interface CollectOptions {
  readonly heldOut: HeldOut;
  /** Lets in what models wrote that the editor lent. */
  readonly editorModels: boolean;
  /** Refuses nothing, for formats that take answers as they are. */
  readonly every: boolean;
}

/** All trajectories of runs as records, those that can lend nothing refused with the reason. */
export function collectRecords(
  journal: Journal,
  runs: readonly string[],
  options: CollectOptions,
): { readonly collected: readonly Collected[]; readonly refused: readonly Refusal[] } {
  const read = runs.flatMap((run) => trajectoriesOf(journal, run));
  const groups = new Map<string, { samples: number; solved: number }>();
  for (const { task, trajectory } of read) {
    const passed = trajectory.outcome?.passedHidden ?? null;
    if (passed === null || trajectory.outcome?.stop === 'infrastructure') continue;
    const group = groups.get(task.hash) ?? { samples: 0, solved: 0 };
    groups.set(task.hash, group);
    group.samples++;
    if (passed) group.solved++;
  }
  const collected: Collected[] = [];
  const refused: Refusal[] = [];
  for (const one of read) {
    const record = recordOf(one, groups.get(one.task.hash) ?? { samples: 0, solved: 0 });
    const reason = options.every ? null : refusalFor(one, options);
    if (reason !== null) {
      refused.push({ reason, run: one.run, task: one.task.id, sample: one.sample });
    }
    if (reason !== null && !lendsMore.has(reason)) continue;
    collected.push({ record, candidate: reason === null ? record.decided : null });
  }
  return { collected, refused };
}

/** Refused as pairs, but their wrong programs and a person's decision may be of use. */
const lendsMore: ReadonlySet<RefusalReason> = new Set([
  'notSolved',
  'failsHidden',
  'noHiddenTests',
]);

interface Read {
  readonly run: string;
  readonly task: Task;
  readonly sample: number;
  readonly trajectory: RecordedTrajectory;
  readonly models: readonly string[];
  readonly solver: string;
  readonly decision: DecisionRecord | null;
}

function trajectoriesOf(journal: Journal, run: string): Read[] {
  const { solver } = journal.run(run);
  return journal.tasksOf(run).flatMap((task) => {
    const begun = journal.samplesOf(run, task.hash);
    const decisions = journal.effects(run, [effectKinds.decision], task.hash);
    return (begun.length === 0 ? [0] : begun).map((sample): Read => {
      const calls = callsOf(journal, run, task.hash, sample);
      const decision = decisions.find((effect) => effect.sample === sample)?.value;
      return {
        ...{ run, task, sample, solver },
        trajectory: trajectoryOf(journal, run, task.hash, sample),
        models: [...new Set(calls.map(({ record }) => record.model))].sort(),
        decision: (decision as DecisionRecord | undefined) ?? null,
      };
    });
  });
}

function refusalFor(
  { task, trajectory: { outcome }, models }: Read,
  { heldOut, editorModels }: CollectOptions,
): RefusalReason | null {
  if (heldOut.holds(task)) return 'heldOut';
  if (!editorModels && models.some(isEditorModel)) return 'editorModel';
  if (!outcome) return 'notEnded';
  if (outcome.stop === 'infrastructure') return 'infrastructure';
  // Without visible tests nothing can be solved on them, and hidden ones alone tell.
  if (!outcome.solvedVisible && visibleTests(task).length > 0) return 'notSolved';
  if (hiddenTests(task).length === 0) return 'noHiddenTests';
  if (outcome.passedHidden === null) return 'infrastructure';
  return outcome.passedHidden ? null : 'failsHidden';
}

function recordOf(read: Read, group: DatasetRecord['group']): DatasetRecord {
  const { task, trajectory, decision } = read;
  const { turns, outcome } = trajectory;
  const attempts = [
    ...starterAttempt(task, trajectory),
    ...turns.map((turn) => attemptOf(task, turn, turns)),
  ];
  const decided = attempts.findIndex(({ turn }) => turn > 0 && turn === outcome?.answer);
  const body = {
    task,
    ...{ run: read.run, sample: read.sample, attempts, answer: null, isReplay: false },
    isolation: turns.some(({ verdict }) => verdict.isolation === 'shared') ? 'shared' : 'separate',
    solver: turns.at(-1)?.candidate.proposer ?? read.solver,
    models: read.models,
    stop: outcome?.stop ?? 'cancelled',
    candidates: outcome?.candidates ?? 0,
    decision: decision?.decision ?? null,
    decided: decided < 0 ? null : decided,
    group,
  } as const;
  return { id: recordId(body), ...body };
}

function starterAttempt(task: Task, { start }: RecordedTrajectory): Attempt[] {
  if (task.starter === undefined || start === undefined) return [];
  return [
    {
      ...{ turn: 0, program: task.starter, status: start.status, passedHidden: null },
      ...{ passed: passedCount(start), of: start.tests.length },
      feedback: start.status === 'passed' ? '' : feedbackOf(start),
      isNearLimit: isNearLimit(task, start),
    },
  ];
}

function attemptOf(task: Task, turn: RecordedTurn, turns: readonly RecordedTurn[]): Attempt {
  const { record, candidate, verdict, score } = turn;
  const told = turns.find(({ candidate: later }) => later.told?.about === record.number);
  const explanation = told?.candidate.told?.feedback?.explanation;
  return {
    ...{ turn: record.number, program: candidate.program, status: verdict.status },
    ...{ passed: passedCount(verdict), of: verdict.tests.length },
    passedHidden: score && isAboutProgram(score) ? score.status === 'passed' : null,
    feedback: record.feedback ?? '',
    isNearLimit: isNearLimit(task, verdict) || (score !== undefined && isNearLimit(task, score)),
    ...(explanation === undefined ? {} : { explanation }),
  };
}

/** Whether a verdict took more than 80 % of the time, or printed more than 80 % of what is kept. */
export function isNearLimit({ limits }: Task, verdict: Verdict): boolean {
  return (
    verdict.durationMs > maxShareOfLimit * limits.timeoutMs ||
    verdict.output.length > maxShareOfLimit * maxOutputChars
  );
}

/** What the visible tests said of the failing program, the one that the row shows. */
function feedbackOf(start: Verdict): string {
  const failing = start.tests.filter(({ outcome }) => outcome !== 'passed');
  const told = failing.map(({ id, statement, expected, actual, message }) =>
    [
      `${id} fails`,
      statement && `    ${statement}`,
      expected === undefined ? message : `    expected ${expected}, got ${actual ?? ''}`,
    ]
      .filter(Boolean)
      .join('\n'),
  );
  return told.length > 0 ? told.join('\n') : (start.message ?? '');
}
