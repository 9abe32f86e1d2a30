/** The budget that stopped work: whose, in what, and how much of it. */
export interface BudgetStop {
  readonly scope: 'run' | 'day';
  readonly bound: 'dollars' | 'tokens' | 'calls' | 'minutes';
  readonly limit: number;
  /** A call was ended in the middle; else the next one was not begun. */
  readonly isCut: boolean;
}

const begins = { next: 'the next call could pass', cut: 'a call was ended at' };
const units = {
  dollars: ['dollar', 'dollars'],
  tokens: ['token', 'tokens'],
  calls: ['call', 'calls'],
  minutes: ['minute of work', 'minutes of work'],
} as const;

/** As it is recorded and told in English: `the next call could pass the bound of the run: 5 calls`. */
export function budgetStopText({ scope, bound, limit, isCut }: BudgetStop): string {
  const [one, many] = units[bound];
  const unit = limit === 1 ? one : many;
  return `${isCut ? begins.cut : begins.next} the bound of the ${scope}: ${String(limit)} ${unit}`;
}

const told =
  /\b(the next call could pass|a call was ended at) the bound of the (run|day): ([\d.e+-]+) (dollar|token|call|minute)s?\b/;

/** What such a text says, for faces of other languages; null for any other text. */
export function budgetStopIn(text: string): BudgetStop | null {
  const [, begin, scope, limit, unit] = told.exec(text) ?? [];
  if (scope === undefined || limit === undefined || unit === undefined) return null;
  return {
    scope: scope as BudgetStop['scope'],
    bound: `${unit}s` as BudgetStop['bound'],
    limit: Number(limit),
    isCut: begin === begins.cut,
  };
}
