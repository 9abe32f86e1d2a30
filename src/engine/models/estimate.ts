import { costNanoUsd, nanoPerUsd, type Price } from './prices';

/** The calls of a run, as far as they can be known before it. */
export interface PlannedRun {
  readonly tasks: number;
  readonly samples: number;
  /** Most turns of a trajectory. */
  readonly turns: number;
  /** Replies asked for in the first turn; later ones ask for one. */
  readonly choices: number;
  /** Tasks whose programs the model explains before it corrects them. */
  readonly explained: number;
  /** Tasks for which the model may be asked for tests, because they have too few. */
  readonly withFewTests: number;
  readonly maxTokens: number;
  /** Of a first prompt, counted, in the mean. */
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
 * What a run may cost at most and likely. At most, every turn is taken, every first reply of a
 * turn holds no program and is asked for again, and every reply is as long as it may be. Repeated
 * calls after faults of the endpoint are not in it; budgets bound those.
 */
export function estimateRun(run: PlannedRun, price: Price | null): RunEstimate {
  const { maxTokens, goesOn = 0.5, replyTokens = Math.ceil(maxTokens / 4) } = run;
  const likely = Math.min(replyTokens, maxTokens);
  return {
    atMost: sum(run, price, { ...most, goesOn: 1, replyTokens: maxTokens }),
    likely: sum(run, price, { ...usual, goesOn, replyTokens: likely }),
  };
}

/** How a run goes, in tokens and shares of turns. */
interface Course {
  readonly goesOn: number;
  readonly replyTokens: number;
  /** Programs that a correction is shown: the best and the last. */
  readonly shown: number;
  readonly feedbackTokens: number;
  /** Share of calls for programs whose reply must be asked for again. */
  readonly again: number;
  /** Share of corrections that are explained before, and of trajectories that need tests. */
  readonly explained: number;
  readonly written: number;
  /** What a reply that held no program is shown again in, and what counting may differ by. */
  readonly againTokens: number;
  readonly spare: number;
}

const most = {
  ...{ shown: 2, feedbackTokens: 4500, again: 1, explained: 1, written: 1 },
  ...{ againTokens: 400, spare: 1.1 },
} as const;
/** An assertion that fails again is traced and not explained. */
const usual = {
  ...{ shown: 1, feedbackTokens: 400, again: 0, explained: 0.5, written: 0 },
  ...{ againTokens: 0, spare: 1 },
} as const;

function sum(run: PlannedRun, price: Price | null, course: Course): Amount {
  const { goesOn, replyTokens, shown, feedbackTokens, again, explained, written } = course;
  const trajectories = run.tasks * run.samples;
  const total = { calls: 0, promptTokens: 0, completionTokens: 0 };
  const add = (calls: number, promptTokens: number): void => {
    total.calls += calls;
    total.promptTokens += calls * promptTokens * course.spare;
    total.completionTokens += calls * replyTokens;
  };
  for (let turn = 0; turn < run.turns; turn++) {
    const reached = trajectories * goesOn ** turn;
    const history = Math.min(turn, shown) * replyTokens + (turn > 0 ? feedbackTokens : 0);
    const prompt = run.promptTokens + history;
    add(reached * (turn === 0 ? run.choices : 1), prompt);
    add(reached * again, prompt + course.againTokens);
    if (turn > 0) add(reached * explained * (run.explained / Math.max(1, run.tasks)), prompt);
  }
  add(run.withFewTests * run.samples * written, run.promptTokens);
  const usage = {
    promptTokens: Math.ceil(total.promptTokens),
    completionTokens: Math.ceil(total.completionTokens),
  };
  const nanoUsd = costNanoUsd(price, usage);
  return {
    calls: Math.ceil(total.calls),
    tokens: usage.promptTokens + usage.completionTokens,
    usd: nanoUsd === null ? null : nanoUsd / nanoPerUsd,
  };
}
