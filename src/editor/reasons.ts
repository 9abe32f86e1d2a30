import * as vscode from 'vscode';

/** Counts by reason, most first, in plain words: `12 × fault does not compile, 3 × made twice`. */
export function reasonWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => vscode.l10n.t('{0} × {1}', count, plain(reason)))
    .join(', ');
}

/** `Python: why`, for each language whose programs cannot be run here. */
export function leftOutWords(
  leftOut: readonly { readonly language: string; readonly reason: string }[],
): string {
  return leftOut.map(({ language, reason }) => `${languageName(language)}: ${reason}`).join('; ');
}

/** Why a task was not made or not exported; the code itself where the engine knows more than we. */
function plain(reason: string): string {
  switch (reason) {
    case 'referenceFails':
      return vscode.l10n.t('original fails its tests');
    case 'flaky':
      return vscode.l10n.t('original passes by chance');
    case 'fewFailingTests':
      return vscode.l10n.t('fault fails fewer than two tests');
    case 'noFailingTests':
      return vscode.l10n.t('no test notices the fault');
    case 'notCompiled':
      return vscode.l10n.t('fault does not compile');
    case 'timedOut':
      return vscode.l10n.t('fault never ends');
    case 'infrastructure':
      return vscode.l10n.t('could not be judged');
    case 'duplicate':
      return vscode.l10n.t('made twice');
    case 'notEnded':
      return vscode.l10n.t('not ended');
    case 'notSolved':
      return vscode.l10n.t('not solved');
    case 'noHiddenTests':
      return vscode.l10n.t('no hidden tests');
    case 'failsHidden':
      return vscode.l10n.t('fails hidden tests');
    case 'notVerifiedAgain':
      return vscode.l10n.t('did not pass again');
    case 'nearTimeLimit':
      return vscode.l10n.t('too near its time limit');
    default:
      return reason;
  }
}

function languageName(language: string): string {
  const names: Readonly<Record<string, string>> = {
    python: 'Python',
    javascript: 'JavaScript',
    typescript: 'TypeScript',
  };
  return names[language] ?? language;
}
