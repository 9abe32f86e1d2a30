import * as vscode from 'vscode';

/** Counts with their nouns. Each language has its own forms, so both stand as whole texts. */
export function tasksText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 task') : vscode.l10n.t('{0} tasks', count);
}

export function testsText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 test') : vscode.l10n.t('{0} tests', count);
}

export function pairsText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 pair') : vscode.l10n.t('{0} pairs', count);
}

export function rowsText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 row') : vscode.l10n.t('{0} rows', count);
}

export function recordsText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 record') : vscode.l10n.t('{0} records', count);
}

export function functionsText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 function') : vscode.l10n.t('{0} functions', count);
}
