import * as vscode from 'vscode';
import type { CommandId } from '../ids';
import type { MissedMark } from './missedMarks';
import { diagnosticOf, type MissedTests } from './missedTests';

const documents: vscode.DocumentSelector = [
  { scheme: 'file', language: 'python' },
  { scheme: 'file', language: 'typescript' },
  { scheme: 'file', language: 'javascript' },
];

/** Quick fixes where tests miss a change: a test for it, tests for all of its function, or none. */
export function registerMissedFixes(missed: MissedTests): vscode.Disposable {
  const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
  return vscode.languages.registerCodeActionsProvider(
    documents,
    {
      provideCodeActions(document, range, { diagnostics }) {
        const here = missed.of(document).filter((mark) => {
          const place = new vscode.Range(
            document.positionAt(mark.start),
            document.positionAt(mark.end),
          );
          return place.intersection(range) !== undefined;
        });
        const names = [...new Set(here.map(({ name }) => name))];
        return [
          ...here
            .filter(({ told }) => told !== undefined)
            .map((mark) => oneFix(document, mark, diagnostics)),
          ...names.map((name) => allFix(document, name)),
          ...(here.length > 0 ? [clearFix()] : []),
        ];
      },
    },
    kinds,
  );
}

function oneFix(
  document: vscode.TextDocument,
  mark: MissedMark,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction {
  const { uri } = document;
  const { name, start, end, note } = mark;
  const title = vscode.l10n.t('Add a Test That Notices {0}', note.slice(0, 60));
  const only = { start, end, note };
  const fix = fixOf(title, 'flywheel.strengthenTests', { uri, name, only });
  fix.isPreferred = true;
  const { message } = diagnosticOf(document, mark);
  fix.diagnostics = diagnostics.filter((one) => one.message === message);
  return fix;
}

function allFix({ uri }: vscode.TextDocument, name: string): vscode.CodeAction {
  const title = vscode.l10n.t('Strengthen the Tests of {0}…', name);
  return fixOf(title, 'flywheel.strengthenTests', { uri, name });
}

function clearFix(): vscode.CodeAction {
  return fixOf(vscode.l10n.t('Clear What My Tests Miss'), 'flywheel.clearMissedTests');
}

function fixOf(title: string, command: CommandId, argument?: unknown): vscode.CodeAction {
  const fix = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  fix.command = { title, command, arguments: argument === undefined ? [] : [argument] };
  return fix;
}
