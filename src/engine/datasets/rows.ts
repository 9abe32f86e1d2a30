import { isCodeTest, type Task } from '../domain/task';
import { feedbackMessage, fenced, programMessage, repairMessage, taskMessage } from './messages';
import {
  answerOf,
  failingOf,
  isPair,
  isWrong,
  type Attempt,
  type Pair,
  type SplitRecord,
} from './pair';
import type { Message, Row, RowKind, RowNames, WeightedRow } from './row';

/** Which turns of a trajectory RISE trains on (2407.18219, and its published code). */
export const riseCriteria = ['all', 'better', 'best', 'success'] as const;
export type RiseCriterion = (typeof riseCriteria)[number];

export interface RowSettings {
  readonly kinds: readonly RowKind[];
  /** τ of RISE; 0.4 in its published code. */
  readonly riseTemperature: number;
  readonly riseCriterion: RiseCriterion;
  /** Most that one of both sides of a preference may be longer than the other. */
  readonly lengthRatio: number;
}

export const usualRows: Omit<RowSettings, 'kinds'> = {
  riseTemperature: 0.4,
  riseCriterion: 'all',
  lengthRatio: 2,
};

/** A repair that changes more than this share of the lines is another program. */
const mostChanged = 0.8;
/** A weight above this would drown its batch. */
const maxWeight = 20;

/** The rows of one record in the order of the kinds asked for. Pure. */
export function rowsOf(record: SplitRecord, settings: RowSettings): Row[] {
  return settings.kinds.flatMap((kind) => rowsOfKind(record, kind, settings));
}

function rowsOfKind(record: SplitRecord, kind: RowKind, settings: RowSettings): Row[] {
  const base = { split: record.split, names: namesOf(record, kind) };
  const { task } = record;
  if (kind === 'rise') return riseRows(record, base, settings);
  if (kind === 'unpaired') return unpairedRows(record, base, settings);
  if (kind === 'decision') return decisionRows(record, base);
  if (!isPair(record)) return [];
  const { program } = answerOf(record);
  const failing = failingOf(record);
  const completed = (prompt: readonly Message[], completion: string): Row => ({
    ...{ ...base, kind, prompt, completion, shape: 'completion' },
  });
  switch (kind) {
    case 'solution':
      return [completed([taskMessage(task)], fenced(task.language, program))];
    case 'repair':
      if (failing === null || isRewrite(failing.program, program)) return [];
      return [completed([repairMessage(task, failing)], fenced(task.language, program))];
    case 'explained': {
      if (failing?.explanation === undefined) return [];
      const completion = `${failing.explanation.trim()}\n\n${fenced(task.language, program)}`;
      return [completed([repairMessage(task, failing)], completion)];
    }
    case 'dialogue': {
      const before = proposed(record).slice(0, -1);
      if (before.length === 0) return [];
      return [completed(conversation(task, before), fenced(task.language, program))];
    }
    case 'preference':
      return preferenceRows(record, base, settings);
    case 'injected':
      return injectedRows(record, base, settings);
    case 'group':
      return groupRows(record, base);
  }
}

type Base = Pick<Row, 'split' | 'names'>;

/** What was proposed up to the answer, wrong ones that say something of the program, and the answer. */
function proposed(pair: Pair): Attempt[] {
  return pair.attempts
    .slice(0, pair.answer + 1)
    .filter((attempt, place) => attempt.turn > 0 && (place === pair.answer || isWrong(attempt)));
}

function conversation(task: Task, before: readonly Attempt[]): Message[] {
  const turns = before.flatMap((attempt) => [
    programMessage(task, attempt.program),
    feedbackMessage(attempt),
  ]);
  return [taskMessage(task), ...turns];
}

/** Verified against the first failing proposal, or the starter left as it was. */
function preferenceRows(pair: Pair, base: Base, { lengthRatio }: RowSettings): Row[] {
  const { task } = pair;
  const { program } = answerOf(pair);
  const fits = (attempt: Attempt): boolean => {
    const ratio = attempt.program.length / Math.max(1, program.length);
    return (
      (attempt.status === 'failed' ||
        attempt.status === 'crashed' ||
        attempt.status === 'passed') &&
      isWrong(attempt) &&
      !attempt.isNearLimit &&
      ratio <= lengthRatio &&
      ratio >= 1 / lengthRatio &&
      attempt.program.trim() !== program.trim()
    );
  };
  const before = pair.attempts.slice(0, pair.answer);
  const rejected = before.find((one) => one.turn > 0 && fits(one)) ?? before.find(fits);
  if (!rejected) return [];
  const starter = before.find(({ turn }) => turn === 0);
  const prompt = starter ? repairMessage(task, starter) : taskMessage(task);
  return [
    {
      ...{ ...base, kind: 'preference', shape: 'preference', prompt: [prompt] },
      chosen: fenced(task.language, program),
      rejected: fenced(task.language, rejected.program),
    },
  ];
}

/** Verified against a wrong version of itself, which an edit made and tests told. */
function injectedRows(pair: Pair, base: Base, { lengthRatio }: RowSettings): Row[] {
  const { task, injected } = pair;
  const { program } = answerOf(pair);
  if (injected === undefined) return [];
  const ratio = injected.program.length / Math.max(1, program.length);
  if (ratio > lengthRatio || ratio < 1 / lengthRatio) return [];
  return [
    {
      ...{ ...base, kind: 'injected', shape: 'preference', prompt: [taskMessage(task)] },
      chosen: fenced(task.language, program),
      rejected: fenced(task.language, injected.program),
    },
  ];
}

/** Every scored program once, right or wrong; nothing that a limit or our own fault decided. */
function unpairedRows(record: SplitRecord, base: Base, { kinds }: RowSettings): Row[] {
  const { task, decision } = record;
  // A person's word stands over the tests: a program is never told right and wrong.
  const isDecided = kinds.includes('decision') && decision !== null && decision !== 'edited';
  const seen = new Set<string>();
  return record.attempts.flatMap((attempt, place): Row[] => {
    const isAnswer = place === record.answer;
    const isScored = isAnswer || (isWrong(attempt) && !attempt.isNearLimit);
    if (isDecided && place === record.decided) return [];
    if (attempt.turn === 0 || !isScored || seen.has(attempt.program)) return [];
    seen.add(attempt.program);
    return [
      {
        ...{ ...base, kind: 'unpaired', shape: 'labelled', prompt: [taskMessage(task)] },
        completion: fenced(task.language, attempt.program),
        label: isAnswer,
      },
    ];
  });
}

/** What a person accepted or rejected. What they edited is neither: nobody ran it. */
function decisionRows(record: SplitRecord, base: Base): Row[] {
  const { task, decision, decided } = record;
  const attempt = decided === null ? undefined : record.attempts[decided];
  if (!attempt || decision === null || decision === 'edited') return [];
  return [
    {
      ...{ ...base, kind: 'decision', shape: 'labelled', prompt: [taskMessage(task)] },
      completion: fenced(task.language, attempt.program),
      label: decision === 'accepted',
    },
  ];
}

/**
 * RISE: every prefix of the trajectory is a row of its own, earlier turns are context without loss,
 * and the trajectory ends at the first reward of 1.
 */
function riseRows(record: SplitRecord, base: Base, settings: RowSettings): Row[] {
  const rows: WeightedRow[] = [];
  const before: Attempt[] = [];
  let [last, best] = [-Infinity, -Infinity];
  for (const [place, attempt] of record.attempts.entries()) {
    const isAnswer = place === record.answer;
    if (attempt.turn === 0 || (!isAnswer && (!isWrong(attempt) || attempt.isNearLimit))) continue;
    const reward = isAnswer ? 1 : rewardOf(attempt);
    const isFirst = before.length === 0 && settings.riseCriterion !== 'success';
    if (isFirst || meets(settings.riseCriterion, reward, { last, best })) {
      const weight = Math.min(maxWeight, Math.exp(reward / settings.riseTemperature));
      rows.push({
        ...{ ...base, kind: 'rise', shape: 'weighted' },
        prompt: conversation(record.task, before),
        completion: fenced(record.task.language, attempt.program),
        reward,
        weight: Number(weight.toFixed(6)),
      });
    }
    if (reward === 1) break;
    before.push(attempt);
    last = reward;
    best = Math.max(best, reward);
  }
  return rows;
}

/** Share of visible tests; nothing for passing them all and failing hidden ones; -1 if unreadable. */
function rewardOf({ status, passed, of, passedHidden }: Attempt): number {
  if (status === 'notCompiled') return -1;
  if (of === 0 || passedHidden === false) return 0;
  return Number((passed / of).toFixed(6));
}

function meets(
  criterion: RiseCriterion,
  reward: number,
  earlier: { readonly last: number; readonly best: number },
): boolean {
  switch (criterion) {
    case 'all':
      return true;
    case 'better':
      return reward > earlier.last;
    case 'best':
      return reward >= earlier.best;
    case 'success':
      return reward === 1;
  }
}

/** A task that was solved sometimes and not always: else a group of samples carries no signal. */
function groupRows(pair: Pair, base: Base): Row[] {
  const { task, group } = pair;
  if (group.solved === 0 || group.solved >= group.samples || !task.tests.every(isCodeTest))
    return [];
  return [
    {
      ...{ ...base, kind: 'group', shape: 'group', prompt: [taskMessage(task)] },
      entryPoint: task.entryPoint,
      tests: JSON.stringify(task.tests.map(({ kind, source }) => ({ kind, source }))),
      support: task.support ?? '',
      timeoutSeconds: task.limits.timeoutMs / 1000,
      samples: group.samples,
      solved: Number((group.solved / group.samples).toFixed(6)),
    },
  ];
}

function namesOf({ task, solver }: SplitRecord, kind: RowKind): RowNames {
  return {
    task_id: task.id,
    task_hash: task.hash,
    family: task.family,
    language: task.language,
    license: task.source.license ?? 'unknown',
    solver,
    kind,
  };
}

/** Whether less than a fifth of the lines of both stand in the other. */
function isRewrite(before: string, after: string): boolean {
  const lines = (text: string): string[] =>
    text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const [old, now] = [lines(before), new Set(lines(after))];
  const kept = old.filter((line) => now.has(line)).length;
  const longer = Math.max(old.length, now.size);
  return longer > shortProgram && 1 - kept / longer > mostChanged;
}

/** Of a few lines one change is most of them. */
const shortProgram = 5;
