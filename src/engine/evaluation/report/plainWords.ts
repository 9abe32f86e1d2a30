import type { Evaluation } from '../evaluation';
import type { Comparison } from '../metrics/comparison';
import type { EqualBudget } from '../metrics/equalBudget';
import { counted, dollars, percent, points, pText, quantity } from './words';

/** What an evaluation comes to, in one or two sentences. */
export function closingWords(evaluation: Evaluation, comparisons: readonly Comparison[]): string {
  if (comparisons.length > 0) return comparisons.map(comparisonWords).join(' ');
  const single = evaluation.passAtK.find(({ k }) => k === 1)?.rate;
  if (!single || single.value === null || !single.interval) {
    return 'Nothing was judged, so there is no pass rate.';
  }
  const [low, high] = single.interval;
  const share = `${percent(single.value, 0)} of tasks are solved by one answer`;
  const range = `with ${counted(single.tasks, 'task')}, the true rate may be anything from ${percent(low, 0)} to ${percent(high, 0)}`;
  return [`${share}; ${range}.`, budgetWords(evaluation.equalBudget)].filter(Boolean).join(' ');
}

/** Whether repair was worth its budget, as far as that was measured. */
export function budgetWords(budget: EqualBudget | null): string {
  if (!budget) return '';
  const { verdict, notMeasured, unit } = budget;
  const parts: string[] = [];
  if (verdict) {
    const effect = `${points(verdict.difference)} (${pText(verdict.p)})`;
    const upTo = `at equal budget, up to turn ${String(verdict.turn)}`;
    switch (verdict.outcome) {
      case 'better':
        parts.push(`Repair is better than plain resampling ${upTo}: ${effect}.`);
        break;
      case 'worse':
        parts.push(`Repair is worse than plain resampling ${upTo}: ${effect}.`);
        break;
      case 'cannotTell':
        parts.push(
          `Whether repair beats plain resampling ${upTo} cannot be told: ${effect}${doubtful(verdict.p)}.`,
        );
    }
  }
  if (notMeasured) {
    const { reason, samples, units, usd } = notMeasured;
    const more = verdict ? 'at the last turns ' : '';
    const price = usd === null ? '' : `, ${dollars(usd)}`;
    const spending = units === null ? '' : `${quantity(units)} ${unit}${price}`;
    const cost =
      samples === null
        ? `as many ${unit} again (${spending})`
        : `${counted(samples, 'more sample')} a task (${spending})`;
    parts.push(
      `Repair against plain resampling ${more}was not measured: ${reason}. It would cost about ${cost}.`,
    );
  }
  return parts.join(' ');
}

/** Effect first, then what decides it, and what could have been found. */
export function comparisonWords(comparison: Comparison): string {
  const { first, second, paired } = comparison;
  if (!paired) return `${first} and ${second} have no task in common.`;
  const { difference, up, down, outcome, isHopeless, detectable } = paired;
  const p = comparison.correctedP ?? paired.p;
  const effect = `${points(difference)} on ${counted(paired.tasks, 'task')}`;
  const moved = up + down;
  if (moved === 0) {
    const all = paired.tasks === 1 ? 'the one task' : `all ${counted(paired.tasks, 'task')}`;
    return `${second} and ${first} did the same on ${all}; no test could find a difference.`;
  }
  if (isHopeless) {
    const decide = moved === 1 ? '1 task decides this' : `${String(moved)} tasks decide this`;
    return `${second} against ${first}: ${effect}. ${decide}; no test could find a difference.`;
  }
  const counts = `${String(up)} up, ${String(down)} down, ${pText(p)}${outcome === 'cannotTell' ? doubtful(p) : ''}`;
  switch (outcome) {
    case 'better':
      return `${second} is better than ${first}: ${effect} (${counts}).`;
    case 'worse':
      return `${second} is worse than ${first}: ${effect} (${counts}).`;
    case 'cannotTell': {
      const power =
        detectable === null
          ? 'So few tasks moved that hardly any difference would be found.'
          : `A true difference of ${(100 * detectable).toFixed(1)} points would be found four times out of five.`;
      return `Cannot tell ${second} from ${first}: ${effect} (${counts}). ${power}`;
    }
  }
}

/** Where the test alone would find a difference: why it is not told as found. */
function doubtful(p: number): string {
  return p < 0.05 ? ', but the 95 % interval holds no difference too' : '';
}
