import type { Attempt, AttemptTurn } from '../../../../src/engine/evaluation/attempt';
import { nothingSpent } from '../../../../src/engine/evaluation/attempt';
import { byTask, type TaskAttempts } from '../../../../src/engine/evaluation/metrics/byTask';

/**
 * A turn in short: `P` passes all, `v` passes visible tests only, `h` hidden ones only, `x`
 * neither, `-` no program, `?` could not be judged on hidden tests.
 */
export function turnsOf(marks: string, tokens = 10): AttemptTurn[] {
  return Array.from(marks).map((mark, index): AttemptTurn => {
    const hasProgram = mark !== '-';
    const passesVisible = mark === 'P' || mark === 'v';
    const isRight = mark === 'P' || mark === 'h';
    return {
      number: index + 1,
      program: hasProgram ? `${mark}${String(index)}` : null,
      visiblePassed: hasProgram ? (passesVisible ? 2 : 1) : -1,
      passesVisible,
      passesHidden: hasProgram && mark !== '?' ? isRight : null,
      status: !hasProgram ? 'noProgram' : isRight ? 'passed' : 'failed',
      behaviour: hasProgram && mark !== '?' ? mark : null,
      spent: { tokens, usd: tokens / 1000, verdicts: hasProgram ? 1 : 0, ms: 5 },
    };
  });
}

/** An attempt whose answer is the best on visible tests, as the loop chooses it. */
export function anAttempt(
  task: string,
  marks: string,
  parts: Partial<Attempt> & { readonly tokens?: number } = {},
): Attempt {
  const { tokens, ...rest } = parts;
  const turns = turnsOf(marks, tokens);
  const best = turns
    .filter(({ program }) => program !== null)
    .reduce<AttemptTurn | null>(
      (chosen, turn) => (chosen && chosen.visiblePassed >= turn.visiblePassed ? chosen : turn),
      null,
    );
  return {
    task,
    taskId: task,
    sample: 0,
    turns,
    answer: best?.number ?? null,
    stop: best?.passesVisible === true ? 'solved' : 'turnsUsed',
    settling: nothingSpent,
    ...rest,
  };
}

/** Tasks by name, each with the marks of its attempts. */
export function tasksWith(marks: Readonly<Record<string, readonly string[]>>): TaskAttempts[] {
  return byTask(
    Object.entries(marks).flatMap(([task, all]) =>
      all.map((one, sample) => anAttempt(task, one, { sample })),
    ),
  );
}
