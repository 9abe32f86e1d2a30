import * as vscode from 'vscode';
import type { OwnFunction } from '../../engine/flywheel/workbench';
import type { EngineClient } from '../engineClient';
import type { CommandId } from '../ids';
import { settingIds } from '../ids';

const documents: vscode.DocumentSelector = [
  { scheme: 'file', language: 'python' },
  { scheme: 'file', language: 'typescript' },
  { scheme: 'file', language: 'javascript' },
];

/**
 * Lenses over each function that tests call. Asked of the engine when a file is opened or saved;
 * between that, while a person types, the names are found again by text.
 */
export class FunctionLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly known = new Map<string, readonly OwnFunction[]>();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly listening: vscode.Disposable;

  constructor(private readonly engine: EngineClient) {
    this.listening = vscode.Disposable.from(
      this.changed,
      vscode.languages.registerCodeLensProvider(documents, this),
      // A saved test may belong to any open file.
      vscode.workspace.onDidSaveTextDocument(() => this.forget()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.known.delete(uri.toString())),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.forget()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settingIds.lenses)) this.forget();
      }),
    );
  }

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[]> {
    const isWanted = vscode.workspace.getConfiguration().get<boolean>(settingIds.lenses, true);
    if (!vscode.workspace.isTrusted || !isWanted) return [];
    const functions = await this.functionsOf(document).catch(() => []);
    if (token.isCancellationRequested) return [];
    return functions.flatMap((one) => lensesOf(document, one));
  }

  dispose(): void {
    this.listening.dispose();
  }

  private async functionsOf(document: vscode.TextDocument): Promise<readonly OwnFunction[]> {
    const key = document.uri.toString();
    const known = this.known.get(key);
    if (known) return known;
    const file = document.uri.fsPath;
    const found = await this.engine.call('functions', {
      file,
      ...(document.isDirty ? { text: document.getText() } : {}),
    });
    const own = found.filter((one) => one.tests.length > 0 && one.file === file);
    this.known.set(key, own);
    return own;
  }

  private forget(): void {
    this.known.clear();
    this.changed.fire();
  }
}

function lensesOf(document: vscode.TextDocument, one: OwnFunction): vscode.CodeLens[] {
  const escaped = one.name.replace(/[$]/g, '\\$');
  const pattern = new RegExp(
    `^(?:export\\s+)?(?:default\\s+)?(?:async\\s+)?(?:def|function\\*?|const|let|var)\\s+${escaped}(?![\\w$])`,
    'm',
  );
  const found = pattern.exec(document.getText());
  if (!found) return [];
  const line = document.positionAt(found.index).line;
  const count = one.tests.length;
  const range = new vscode.Range(line, 0, line, 0);
  const given = [{ uri: document.uri, name: one.name }];
  const debug = new vscode.CodeLens(range, {
    title:
      count === 1
        ? vscode.l10n.t('$(debug-alt) Self-Debug · 1 test')
        : vscode.l10n.t('$(debug-alt) Self-Debug · {0} tests', count),
    tooltip: vscode.l10n.t(
      'Makes {0} pass its tests, and shows the change before making it',
      one.name,
    ),
    command: 'flywheel.selfDebug' satisfies CommandId,
    arguments: given,
  });
  const missed = new vscode.CodeLens(range, {
    title: vscode.l10n.t('$(beaker) What Tests Miss'),
    tooltip: vscode.l10n.t('Shows changes of {0} that its tests do not notice', one.name),
    command: 'flywheel.showMissedTests' satisfies CommandId,
    arguments: given,
  });
  return [debug, missed];
}
