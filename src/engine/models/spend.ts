/** What calls use up. Whole numbers, so that sums are exact. */
export interface Spend {
  /** Billionths of a dollar, of calls whose price is known. */
  readonly nanoUsd: number;
  readonly tokens: number;
  readonly calls: number;
  /** Time in which at least one call was in flight. */
  readonly wallMs: number;
  /** Calls whose price is not known, and that `nanoUsd` lacks. */
  readonly unpricedCalls: number;
}

export const nothing: Spend = { nanoUsd: 0, tokens: 0, calls: 0, wallMs: 0, unpricedCalls: 0 };

const spendKeys = ['nanoUsd', 'tokens', 'calls', 'wallMs', 'unpricedCalls'] as const;

export function plus(a: Spend, b: Spend): Spend {
  return {
    nanoUsd: a.nanoUsd + b.nanoUsd,
    tokens: a.tokens + b.tokens,
    calls: a.calls + b.calls,
    wallMs: a.wallMs + b.wallMs,
    unpricedCalls: a.unpricedCalls + b.unpricedCalls,
  };
}

/** `a` without `b`, never below nothing. */
export function minus(a: Spend, b: Spend): Spend {
  return spendOf((key) => Math.max(0, a[key] - b[key]));
}

export function spendOf(amount: (key: keyof Spend) => number): Spend {
  return {
    nanoUsd: amount('nanoUsd'),
    tokens: amount('tokens'),
    calls: amount('calls'),
    wallMs: amount('wallMs'),
    unpricedCalls: amount('unpricedCalls'),
  };
}

/** The first bound that a spend passes; null where it passes none. */
export function passed(spend: Spend, limits: Spend): (typeof spendKeys)[number] | null {
  return spendKeys.find((key) => spend[key] > limits[key]) ?? null;
}
