import * as vscode from 'vscode';
import type { RoundStep } from '../../engine/domain/rounds';
import type { RoundsStory, RoundStory } from '../../engine/domain/roundsStory';
import { percent, roundWords, stepWords } from '../roundWords';
import type { NodeIcon } from './runNodes';

/** The run that holds what a step of a round tried, with its words; null where it holds none. */
export interface RoundPart {
  readonly run: string;
  readonly step: RoundStep;
  readonly words: string;
}

/** The parts of a round in their order; one whose step has not ended is not there. */
export function partsOf({ measure, choose, solve, compare }: RoundStory): RoundPart[] {
  const parts: RoundPart[] = [];
  const measured = ({ tasks, rate }: NonNullable<RoundStory['measure']>): string =>
    [vscode.l10n.t('{0} held-out tasks', tasks), percent(rate)].join(' · ');
  if (measure) parts.push({ run: measure.run, step: 'measure', words: measured(measure) });
  if (choose) {
    const words = vscode.l10n.t('{0} of {1} tasks chosen', choose.chosen, choose.of);
    parts.push({ run: choose.run, step: 'choose', words });
  }
  if (solve) {
    const words = vscode.l10n.t('{0} of {1} new tasks solved', solve.solved, solve.tasks);
    parts.push({ run: solve.run, step: 'solve', words });
  }
  // Where nothing was learned, what is measured again is what was measured before.
  if (compare && compare.after.run !== measure?.run) {
    parts.push({ run: compare.after.run, step: 'compare', words: measured(compare.after) });
  }
  return parts;
}

export function partName(step: RoundStep): string {
  const name = stepWords(step);
  return name.charAt(0).toLocaleUpperCase(vscode.env.language) + name.slice(1);
}

/** What the tree says of a round. */
export function roundText(story: RoundsStory, round: RoundStory): string {
  const isLast = round.number === story.rounds.at(-1)?.number;
  const { state } = story.run;
  if (round.compare !== undefined || !isLast || state === 'running') return roundWords(round);
  return vscode.l10n.t('not ended');
}

export function roundIcon({ compare }: RoundStory, isRunning: boolean): NodeIcon {
  if (compare === undefined) return { icon: isRunning ? 'sync~spin' : 'debug-pause' };
  if (!compare.isKept) return { icon: 'discard', color: 'testing.iconFailed' };
  if (compare.outcome === 'better') return { icon: 'arrow-up', color: 'testing.iconPassed' };
  return { icon: 'check', color: 'testing.iconUnset' };
}
