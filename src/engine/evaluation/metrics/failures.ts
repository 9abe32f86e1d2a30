import { isRight, standingAt, type Attempt, type FailingExample } from '../attempt';

export type FailureKind =
  | 'wrongAnswer'
  | 'raises'
  | 'notCompiled'
  | 'crashed'
  | 'timedOut'
  | 'outOfMemory'
  | 'outputExceeded'
  | 'tampered'
  | 'refused'
  | 'noProgram'
  | 'notKnown';

/** One way in which answers are wrong. */
export interface FailureRow {
  readonly kind: FailureKind;
  readonly count: number;
  /** Of these, how many pass all visible tests: nobody could have told without hidden ones. */
  readonly passVisible: number;
  /** What was raised, the most frequent first. */
  readonly raised: readonly { readonly name: string; readonly count: number }[];
  readonly examples: readonly FailureExample[];
}

export interface FailureExample extends FailingExample {
  readonly task: string;
  readonly taskId: string;
  readonly sample: number;
  readonly turn: number | null;
}

const maxExamples = 3;
const maxRaised = 5;
const maxExampleChars = 300;

/** How wrong answers fail hidden tests, the most frequent first, with examples. */
export function failureRows(attempts: readonly Attempt[]): FailureRow[] {
  const wrong = attempts.filter((attempt) => isRight(attempt) === false);
  return [...Map.groupBy(wrong, kindOf)]
    .map(([kind, some]): FailureRow => {
      const answers = some.map((attempt) => standingAt(attempt, Infinity));
      return {
        kind,
        count: some.length,
        passVisible: answers.filter((answer) => answer?.passesVisible === true).length,
        raised: kind === 'raises' ? raisedBy(some) : [],
        examples: ofDifferentTasks(some).slice(0, maxExamples).map(exampleOf),
      };
    })
    .sort((a, b) => b.count - a.count);
}

/** One of each task, since those of one task are alike. */
function ofDifferentTasks(attempts: readonly Attempt[]): Attempt[] {
  return [...new Map(attempts.map((attempt) => [attempt.task, attempt])).values()];
}

function kindOf(attempt: Attempt): FailureKind {
  const answer = standingAt(attempt, Infinity);
  if (!answer) return attempt.stop === 'modelRefused' ? 'refused' : 'noProgram';
  switch (answer.status) {
    case 'failed':
      return answer.failing?.outcome === 'errored' ? 'raises' : 'wrongAnswer';
    case 'crashed':
    case 'notCompiled':
    case 'timedOut':
    case 'outOfMemory':
    case 'outputExceeded':
    case 'tampered':
    case 'noProgram':
      return answer.status;
    case 'passed':
    case 'noTests':
    case 'cancelled':
    case 'infrastructure':
      return 'notKnown';
  }
}

/** `TypeError` of `TypeError: can only concatenate …`. */
function raisedBy(attempts: readonly Attempt[]): { name: string; count: number }[] {
  const names = attempts.map((attempt) => {
    const message = standingAt(attempt, Infinity)?.failing?.message ?? '';
    return (
      /\b([A-Za-z_.]*(?:Error|Exception|Exit|Interrupt|Iteration))\b/.exec(message)?.[1] ?? 'other'
    );
  });
  return [...Map.groupBy(names, (name) => name)]
    .map(([name, some]) => ({ name, count: some.length }))
    .sort((a, b) => b.count - a.count)
    .slice(0, maxRaised);
}

function exampleOf(attempt: Attempt): FailureExample {
  const { task, taskId, sample } = attempt;
  const answer = standingAt(attempt, Infinity);
  const { test, outcome, message, expected, actual } = answer?.failing ?? {};
  return {
    task,
    taskId,
    sample,
    turn: answer?.number ?? null,
    ...(test === undefined ? {} : { test }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(message === undefined ? {} : { message: message.slice(0, maxExampleChars) }),
    ...(expected === undefined ? {} : { expected: expected.slice(0, maxExampleChars) }),
    ...(actual === undefined ? {} : { actual: actual.slice(0, maxExampleChars) }),
  };
}
