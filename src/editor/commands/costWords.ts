import * as vscode from 'vscode';
import type { SolveEstimate } from '../../engine/flywheel/workbench';
import { tasksText } from '../counts';

type Amounts = Pick<SolveEstimate, 'atMost' | 'likely'>;

/** What work with a model may cost, and where it stops. */
export function costWords(
  tasks: number,
  { atMost, likely }: Amounts,
  maxTokens: number | undefined,
): string {
  return vscode.l10n.t(
    '{0}: likely {1} tokens ({2}), at most {3} ({4}). The run stops at {5} tokens.',
    tasksText(tasks),
    likely.tokens.toLocaleString(),
    price(likely.usd),
    atMost.tokens.toLocaleString(),
    price(atMost.usd),
    maxTokens?.toLocaleString() ?? '∞',
  );
}

export function price(usd: number | null): string {
  return usd === null ? vscode.l10n.t('price not known') : `${usd.toFixed(2)} USD`;
}
