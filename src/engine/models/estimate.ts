import { costNanoUsd, nanoPerUsd, type Price } from './prices';

/** The calls of a run, as far as they can be known before it. */
export interface PlannedRun {
  readonly tasks: number;
  readonly samples: number;
  /** Most turns of a trajectory. */
  readonly turns: number;
  /** Replies asked for in a turn. */
  readonly choices: number;
  readonly maxTokens: number;
  /** Of a first prompt, counted. */
  readonly promptTokens: number;
  /** Share of trajectories that go on after a turn; a half where nothing is known. */
  readonly goesOn?: number;
  /** Tokens of a usual reply; a quarter of `maxTokens` where nothing is known. */
  readonly replyTokens?: number;
}

export interface RunEstimate {
  /** What the run cannot pass. */
  readonly atMost: Amount;
  /** What it may come to; a guess from the shares given. */
  readonly likely: Amount;
}

export interface Amount {
  readonly calls: number;
  readonly tokens: number;
  /** Null where the price is not known. */
  readonly usd: number | null;
}

/**
 * What a run may cost at most and likely. A turn's prompt holds the replies and the feedback of
 * the turns before it: at most `maxTokens` and `feedbackTokens` each. Repeated calls after faults
 * are not in it; budgets bound those.
 */
export function estimateRun(
  run: PlannedRun,
  price: Price | null,
  feedbackTokens = 800,
): RunEstimate {
  const { maxTokens, goesOn = 0.5, replyTokens = Math.ceil(maxTokens / 4) } = run;
  return {
    atMost: sum(run, price, 1, maxTokens, feedbackTokens, 1.1),
    likely: sum(run, price, goesOn, Math.min(replyTokens, maxTokens), feedbackTokens / 2, 1),
  };
}

function sum(
  run: PlannedRun,
  price: Price | null,
  goesOn: number,
  replyTokens: number,
  feedbackTokens: number,
  spare: number,
): Amount {
  let calls = 0;
  let promptTokens = 0;
  let completionTokens = 0;
  for (let turn = 0; turn < run.turns; turn++) {
    const reached = run.tasks * run.samples * goesOn ** turn;
    calls += reached;
    promptTokens += reached * (run.promptTokens + turn * (replyTokens + feedbackTokens)) * spare;
    completionTokens += reached * replyTokens * run.choices;
  }
  const usage = {
    promptTokens: Math.ceil(promptTokens),
    completionTokens: Math.ceil(completionTokens),
  };
  const nanoUsd = costNanoUsd(price, usage);
  return {
    calls: Math.ceil(calls),
    tokens: usage.promptTokens + usage.completionTokens,
    usd: nanoUsd === null ? null : nanoUsd / nanoPerUsd,
  };
}
