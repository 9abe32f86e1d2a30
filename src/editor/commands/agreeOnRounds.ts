import * as vscode from 'vscode';
import type { Cost, RoundsBudget, RoundsEstimate } from '../../engine/domain/roundsStory';
import { tasksText } from '../counts';
import type { Desk } from '../desk';
import { writeBudget } from '../goalsFiles';
import { withCall } from './progress';

/** Most rounds of one run. */
const maxRounds = 100;

/**
 * Asks once how many rounds and what they may cost, writes the budget into the goals file, and
 * tells what will be done. Gives the rounds in all, or undefined where it is not to begin.
 */
export async function agreeOnRounds(
  desk: Desk,
  about: { readonly goalFile: string; readonly done: number; readonly asked: number },
): Promise<number | undefined> {
  const { goalFile, done, asked } = about;
  const counting = vscode.l10n.t('Looking at the goals');
  // Goals that cannot be read are told before anything is asked.
  const before = await withCall(counting, (options) =>
    desk.engine.call('estimateRounds', { goalFile, rounds: 1 }, options),
  );
  const rounds = await askRounds(desk, done, asked);
  if (rounds === undefined) return undefined;
  if (!(await askBudget(desk, goalFile, before))) return undefined;
  const estimate = await withCall(counting, (options) =>
    desk.engine.call('estimateRounds', { goalFile, rounds: Math.max(1, rounds - done) }, options),
  );
  const start = vscode.l10n.t('Run Rounds');
  const edit = vscode.l10n.t('Edit Goals');
  const answer = await desk.prompts.confirm(plan(estimate, rounds, done), start, edit);
  if (answer === edit) await vscode.window.showTextDocument(vscode.Uri.file(goalFile));
  return answer === start ? rounds : undefined;
}

async function askRounds(
  { prompts }: Desk,
  done: number,
  asked: number,
): Promise<number | undefined> {
  const least = done + 1;
  const text = await prompts.text({
    title: vscode.l10n.t('Run Round'),
    prompt:
      done === 0
        ? vscode.l10n.t('How many rounds?')
        : vscode.l10n.t('How many rounds in all? {0} are done.', done),
    value: String(Math.max(asked, least)),
    check: (value) =>
      isWhole(value, least, maxRounds)
        ? null
        : vscode.l10n.t('A whole number from {0} to {1}.', least, maxRounds),
  });
  return text === undefined ? undefined : Number(text);
}

/** False where the person wants nothing begun. */
async function askBudget(
  { prompts }: Desk,
  goalFile: string,
  { solver, budget, autonomy }: RoundsEstimate,
): Promise<boolean> {
  const key = solver === 'search' ? 'candidates' : 'tokens';
  const isNeeded = autonomy === 'high' && !isBounded({ ...budget, [key]: undefined });
  const known = budget[key];
  const text = await prompts.text({
    title: vscode.l10n.t('Budget of All Rounds'),
    prompt:
      key === 'candidates'
        ? vscode.l10n.t('Most programs to judge; empty for no bound. It is written into the goals.')
        : vscode.l10n.t('Most tokens to use; empty for no bound. It is written into the goals.'),
    value: known === undefined ? '' : String(known),
    check: (value) => {
      if (value.trim() === '' && isNeeded) {
        return vscode.l10n.t('Goals of high autonomy need a bound: nothing is asked on the way.');
      }
      const isFine = value.trim() === '' || isWhole(value, 1, Number.MAX_SAFE_INTEGER);
      return isFine ? null : vscode.l10n.t('A whole number, or nothing.');
    },
  });
  if (text === undefined) return false;
  const value = text.trim() === '' ? null : Number(text);
  if (value !== (known ?? null)) await writeBudget(goalFile, key, value);
  return true;
}

/** What will be done, what it may cost, and what the person will be asked on the way. */
function plan(estimate: RoundsEstimate, rounds: number, done: number): string {
  const { name, tasks, areMade, candidates, likely, atMost, model, trajectories } = estimate;
  const lines = [
    rounds === 1
      ? vscode.l10n.t('{0}: 1 round.', name)
      : done === 0
        ? vscode.l10n.t('{0}: {1} rounds.', name, rounds)
        : vscode.l10n.t('{0}: rounds {1} to {2}.', name, done + 1, rounds),
    areMade
      ? vscode.l10n.t('At most {0} tasks are made first, each judged several times.', tasks)
      : vscode.l10n.t('{0}.', tasksText(tasks)),
  ];
  if (candidates !== null) {
    lines.push(
      vscode.l10n.t(
        'Search repair judges at most {0} programs; no model is asked.',
        count(candidates),
      ),
    );
  } else if (likely && atMost) {
    lines.push(
      vscode.l10n.t('{0} likely uses {1}, at most {2}.', model ?? '', cost(likely), cost(atMost)),
    );
  } else {
    lines.push(
      vscode.l10n.t(
        '{0} tries at most {1} times, several turns each.',
        model ?? '',
        count(trajectories),
      ),
    );
  }
  lines.push(budgetWords(estimate.budget), autonomyWords(estimate));
  return lines.join('\n');
}

function budgetWords(budget: RoundsBudget): string {
  const { candidates, tokens, usd, minutes } = budget;
  const bounds = [
    candidates === undefined ? null : vscode.l10n.t('{0} programs', count(candidates)),
    tokens === undefined ? null : vscode.l10n.t('{0} tokens', count(tokens)),
    usd === undefined ? null : `${usd} USD`,
    minutes === undefined ? null : vscode.l10n.t('{0} minutes', minutes),
  ].filter((bound) => bound !== null);
  return bounds.length === 0
    ? vscode.l10n.t('No budget bounds it.')
    : vscode.l10n.t('It stops at {0}.', bounds.join(', '));
}

function autonomyWords({ autonomy, solver }: RoundsEstimate): string {
  switch (autonomy) {
    case 'low':
      return vscode.l10n.t('You are asked before every step.');
    case 'middle':
      return solver === 'search'
        ? vscode.l10n.t('You are asked before the solver is updated.')
        : vscode.l10n.t(
            'You are asked before every step that costs, and before the solver is updated.',
          );
    case 'high':
      return vscode.l10n.t('You are asked nothing on the way; the budget alone bounds it.');
  }
}

function cost({ tokens, usd }: Cost): string {
  const price = usd === null ? vscode.l10n.t('price not known') : `${usd.toFixed(2)} USD`;
  return vscode.l10n.t('{0} tokens ({1})', count(tokens), price);
}

function count(number: number): string {
  return number.toLocaleString(vscode.env.language);
}

function isWhole(text: string, least: number, most: number): boolean {
  const value = Number(text);
  return text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most;
}

function isBounded(budget: RoundsBudget): boolean {
  return Object.values(budget).some((bound) => bound !== undefined);
}
