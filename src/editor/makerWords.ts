import * as vscode from 'vscode';

/** What a maker makes; the name itself where the engine knows more than we. */
export function makerWords(name: string): string {
  switch (name) {
    case 'fault-injection':
      return vscode.l10n.t('One to three small faults in a tested function, to be mended');
    case 'body-removal':
      return vscode.l10n.t('A documented, tested function, to be written again');
    case 'mutated-inputs':
      return vscode.l10n.t(
        'A documented function that hardly any test calls, with tests made from its examples',
      );
    case 'git-history':
      return vscode.l10n.t('A commit that changed a function and its tests, to be done again');
    case 'from-snippets':
      return vscode.l10n.t('Tasks inspired by lines of your code');
    case 'from-concepts':
      return vscode.l10n.t('Tasks on the concepts that a documented function shows');
    case 'from-documents':
      return vscode.l10n.t('Tasks from sections of your documents');
    case 'written-tests':
      return vscode.l10n.t('A documented function without tests, with tests that the model writes');
    case 'self-instruct':
      return vscode.l10n.t('More tasks like those of a file, and new');
    case 'evolve':
      return vscode.l10n.t('Tasks of a file made deeper, harder, more concrete, or combined');
    default:
      return name;
  }
}
