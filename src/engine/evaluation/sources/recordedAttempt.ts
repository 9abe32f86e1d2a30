import { sha256 } from '../../domain/hash';
import type { CallRecord } from '../../domain/records';
import type { Task } from '../../domain/task';
import { isAboutProgram, passedCount, type Verdict } from '../../domain/verdict';
import type { RecordedTrajectory } from '../../journal/questions';
import {
  nothingSpent,
  type Attempt,
  type AttemptTurn,
  type FailingExample,
  type Spent,
} from '../attempt';

interface Call {
  readonly turn: number;
  readonly record: CallRecord;
}

/** A trajectory of the journal as an attempt; null where it has not ended. */
export function recordedAttempt(
  task: Task,
  trajectory: RecordedTrajectory & { readonly sample: number; readonly calls: readonly Call[] },
  /** Verdicts on hidden tests, by turn. */
  hidden: ReadonlyMap<number, Verdict>,
): Attempt | null {
  const { outcome, calls, sample } = trajectory;
  if (!outcome) return null;
  const last = Math.max(outcome.turns, trajectory.turns.at(-1)?.record.number ?? 0);
  const turns = Array.from({ length: last }, (_, index): AttemptTurn => {
    const number = index + 1;
    const spentOnCalls = spentBy(calls.filter(({ turn }) => turn === number));
    const turn = trajectory.turns.find(({ record }) => record.number === number);
    if (!turn) return { number, ...noProgram, spent: { ...spentOnCalls, verdicts: 0 } };
    const { record, candidate, verdict } = turn;
    const spent = { ...spentOnCalls, verdicts: record.screened, ms: record.durationMs };
    const judged = judgedTurn(sha256(candidate.program), verdict, hidden.get(number));
    return { number, ...judged, spent };
  });
  const isOfTurn = ({ turn }: Call): boolean => turn >= 1 && turn <= last;
  return {
    task: task.hash,
    taskId: task.id,
    sample,
    turns,
    answer: outcome.answer,
    stop: outcome.stop,
    settling: spentBy(calls.filter((call) => !isOfTurn(call))),
    ...reasonOf(outcome.reason, hidden.get(outcome.answer ?? 0)),
  };
}

const noProgram = {
  program: null,
  visiblePassed: -1,
  passesVisible: false,
  passesHidden: null,
  status: 'noProgram',
  behaviour: null,
} as const;

/** A program with its verdicts; without a hidden one it is not known whether it is right. */
export function judgedTurn(
  program: string,
  visible: Verdict | undefined,
  hidden: Verdict | undefined,
): Omit<AttemptTurn, 'number' | 'spent'> {
  const isKnown = hidden !== undefined && isAboutProgram(hidden);
  return {
    program,
    visiblePassed: visible ? passedCount(visible) : 0,
    passesVisible: visible?.status === 'passed',
    passesHidden: isKnown ? hidden.status === 'passed' : null,
    status: hidden?.status ?? 'noTests',
    behaviour: isKnown ? behaviourOf([visible, hidden]) : null,
    ...failingOf(hidden),
  };
}

/** The same for programs that gave the same on the inputs of all tests, as far as tests tell. */
function behaviourOf(verdicts: readonly (Verdict | undefined)[]): string {
  const seen = verdicts.map((verdict) => [
    verdict?.status,
    verdict?.tests.map(({ id, outcome, actual, message }) =>
      outcome === 'passed' ? [id] : [id, outcome, actual ?? message],
    ),
  ]);
  return sha256(JSON.stringify(seen));
}

function failingOf(verdict: Verdict | undefined): { failing?: FailingExample } {
  if (!verdict || verdict.status === 'passed') return {};
  const test = verdict.tests.find(({ outcome }) => outcome !== 'passed' && outcome !== 'notRun');
  const message = test?.message ?? verdict.message;
  if (!test) return message === undefined ? {} : { failing: { message } };
  return {
    failing: {
      test: test.id,
      outcome: test.outcome,
      ...(message === undefined ? {} : { message }),
      ...(test.expected === undefined ? {} : { expected: test.expected }),
      ...(test.actual === undefined ? {} : { actual: test.actual }),
    },
  };
}

function spentBy(calls: readonly Call[]): Spent {
  let { tokens, usd, ms } = nothingSpent;
  for (const { record } of calls) {
    const { usage, costUsd, refused } = record;
    const used = usage
      ? usage.promptTokens + usage.completionTokens
      : refused === undefined
        ? null
        : 0;
    tokens = tokens === null || used === null ? null : tokens + used;
    usd = usd === null || costUsd === null ? null : usd + costUsd;
    ms = (ms ?? 0) + record.durationMs;
  }
  return { tokens, usd, ms, verdicts: 0 };
}

function reasonOf(recorded: string | undefined, answer: Verdict | undefined): { reason?: string } {
  const told = answer && !isAboutProgram(answer) ? answer.message : undefined;
  const reason = recorded ?? told;
  return reason === undefined ? {} : { reason };
}
