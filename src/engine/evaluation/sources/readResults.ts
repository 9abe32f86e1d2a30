import { z } from 'zod';
import { sha256 } from '../../domain/hash';
import { UserError } from '../../domain/errors';
import { outcomes, statuses, type Status } from '../../domain/verdict';
import { readJson } from '../../files/json';
import { badLine, readLines } from '../../files/lines';
import type { Attempt, AttemptTurn, Spent } from '../attempt';

const maxReasonChars = 2000;

const schema = z.looseObject({
  task_id: z.union([z.string(), z.number()]).transform(String),
  passed: z.boolean(),
  sample: z.union([z.number(), z.string()]).optional(),
  turn: z.number().int().min(1).optional(),
  status: z.string().optional(),
  reason: z.string().optional(),
  /** As HumanEval's own harness writes it: `passed`, `timed out`, `failed: …`. */
  result: z.string().optional(),
  tests: z
    .array(
      z.looseObject({
        id: z.string(),
        role: z.enum(['visible', 'hidden']).optional(),
        outcome: z.enum(outcomes),
        message: z.string().optional(),
      }),
    )
    .optional(),
  /** Of this turn; in and out together. */
  tokens: z.number().nonnegative().optional(),
  usd: z.number().nonnegative().optional(),
  durationMs: z.number().nonnegative().optional(),
});
type Line = z.infer<typeof schema>;

/**
 * Attempts from a results file: that of `flywheel verify`, or HumanEval's. Lines of one task with
 * the same `sample` and a `turn` are one trajectory; a line without a turn is one by itself.
 */
export async function readResults(file: string): Promise<Attempt[]> {
  const groups = new Map<string, Line[]>();
  for await (const { number, text } of readLines(file)) {
    const line = readJson(schema, text);
    if ('problem' in line) throw badLine(file, number, line.problem);
    const { task_id: task, sample, turn } = line.value;
    const key = JSON.stringify(
      turn === undefined ? [task, 'line', number] : [task, 'sample', sample ?? 0],
    );
    groups.set(key, [...(groups.get(key) ?? []), line.value]);
    const same = groups.get(key)?.filter((one) => one.turn === turn) ?? [];
    if (same.length > 1) {
      const which = `turn ${String(turn)} of sample ${String(sample ?? 0)} of ${task}`;
      throw badLine(file, number, `turn: ${which} stands there twice`);
    }
  }
  if (groups.size === 0) {
    throw new UserError({ code: 'noResults', message: `${file}: there is no result in it` });
  }
  const samples = new Map<string, number>();
  return [...groups.values()].map((lines): Attempt => {
    const task = lines[0]?.task_id ?? '';
    const sample = samples.get(task) ?? 0;
    samples.set(task, sample + 1);
    return attemptOf(task, sample, lines);
  });
}

function attemptOf(task: string, sample: number, lines: readonly Line[]): Attempt {
  const hasVisible = lines.some((line) => visibleOf(line).length > 0);
  const turns = lines
    .toSorted((a, b) => (a.turn ?? 1) - (b.turn ?? 1))
    .map((line, index): AttemptTurn => turnOf(line, index + 1, hasVisible));
  const best = turns.reduce<AttemptTurn | undefined>(
    (chosen, turn) => (chosen && chosen.visiblePassed >= turn.visiblePassed ? chosen : turn),
    undefined,
  );
  const isOurs = best?.passesHidden === null;
  const reason = isOurs ? lines.find((line) => line.reason !== undefined)?.reason : undefined;
  return {
    task,
    taskId: task,
    sample,
    turns,
    answer: best?.number ?? null,
    stop: best?.passesVisible === true ? 'solved' : isOurs ? 'infrastructure' : 'turnsUsed',
    settling: unknownVerdicts({ tokens: 0, usd: 0, ms: 0 }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function visibleOf({ tests }: Line) {
  return tests?.filter(({ role }) => role === 'visible') ?? [];
}

function turnOf(line: Line, number: number, hasVisible: boolean): AttemptTurn {
  const status = statusOf(line);
  const visible = visibleOf(line);
  const visiblePassed = visible.filter(({ outcome }) => outcome === 'passed').length;
  const isKnown = status !== 'infrastructure' && status !== 'cancelled';
  const failing = line.tests?.find(({ outcome }) => outcome !== 'passed' && outcome !== 'notRun');
  const message = (failing?.message ?? line.reason ?? line.result)?.slice(0, maxReasonChars);
  const seen = line.tests?.map(({ id, outcome, message: said }) => [id, outcome, said]);
  return {
    number,
    // What the program was the file does not tell; each line is one.
    program: sha256(JSON.stringify([line.task_id, line.sample, number])),
    visiblePassed: hasVisible ? visiblePassed : number,
    passesVisible: visible.length > 0 && visiblePassed === visible.length,
    passesHidden: isKnown ? line.passed : null,
    status,
    behaviour: seen && seen.length > 0 ? sha256(JSON.stringify([status, seen])) : null,
    ...(line.passed || message === undefined
      ? {}
      : {
          failing: { ...(failing ? { test: failing.id, outcome: failing.outcome } : {}), message },
        }),
    spent: unknownVerdicts({ tokens: line.tokens ?? null, usd: line.usd ?? null, ms: null }),
  };
}

function unknownVerdicts(spent: Omit<Spent, 'verdicts'>): Spent {
  return { ...spent, verdicts: null };
}

function statusOf({ status, passed, result }: Line): Status {
  const known = statuses.find((name) => name === status);
  if (known) return known;
  if (passed) return 'passed';
  return result?.startsWith('timed out') === true ? 'timedOut' : 'failed';
}
