import * as vscode from 'vscode';

/** Counts by reason, most first, in plain words: `12 tests pass already, 3 flaky`. */
export function reasonWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => vscode.l10n.t('{0} × {1}', count, plain(reason)))
    .join(', ');
}

/** A reason's code name, `starterPasses`, as words; the engine may know more than we do. */
function plain(reason: string): string {
  return reason.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
