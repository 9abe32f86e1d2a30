import * as vscode from 'vscode';
import type { TaskEntry } from '../../engine/flywheel/workbench';
import { plainText } from '../../engine/redaction/plainText';
import { settingIds, type CommandId } from '../ids';
import { taskTarget } from '../views/taskNodes';
import { isOpenTaskFile, taskFilePattern, type TaskFiles } from './taskFiles';
import { stateName, taskFacts } from './taskWords';

const maxLenses = 5000;
const selector: vscode.DocumentSelector = { scheme: 'file', pattern: taskFilePattern };

/** Over each task of a file: run it, open its last run, and what the gate found. */
export class TaskLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly listening: vscode.Disposable;

  constructor(private readonly files: TaskFiles) {
    this.listening = vscode.Disposable.from(
      this.changed,
      files.onChanged(() => this.changed.fire()),
      vscode.languages.registerCodeLensProvider(selector, this),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.changed.fire()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settingIds.lenses)) this.changed.fire();
      }),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const isWanted = vscode.workspace.getConfiguration().get<boolean>(settingIds.lenses, true);
    if (!isWanted || !isOpenTaskFile(document)) return [];
    const file = document.uri.fsPath;
    const { tasks } = await this.files.read(file);
    return tasks
      .filter((entry) => entry.file === file && entry.line <= document.lineCount)
      .slice(0, maxLenses)
      .flatMap(lensesOf);
  }

  dispose(): void {
    this.listening.dispose();
  }
}

function lensesOf(entry: TaskEntry): vscode.CodeLens[] {
  const range = new vscode.Range(entry.line - 1, 0, entry.line - 1, 0);
  const target = taskTarget(entry);
  const lens = (title: string, tooltip: string, command: CommandId): vscode.CodeLens =>
    new vscode.CodeLens(range, { title, tooltip, command, arguments: [target] });
  const name = plainText(entry.id);
  const run = lens(
    vscode.l10n.t('$(run) Run'),
    vscode.l10n.t('Solves {0} in a run of its own', name),
    'flywheel.runTask',
  );
  const last = lens(
    vscode.l10n.t('$(list-tree) Open Last Run'),
    vscode.l10n.t('Shows what the newest run did with {0}', name),
    'flywheel.openLastRun',
  );
  const found = lens(
    [stateName(entry.state), ...taskFacts(entry)].join(' · '),
    vscode.l10n.t('Shows what each step of the gate saw'),
    'flywheel.showTaskReport',
  );
  const check = lens(
    vscode.l10n.t('$(verified) Check'),
    vscode.l10n.t('Puts the tasks of this file through the gate'),
    'flywheel.checkTasks',
  );
  const isRunnable = vscode.workspace.isTrusted;
  return [
    ...(isRunnable ? [run] : []),
    ...(entry.run === null ? [] : [last]),
    ...(entry.state === 'notChecked' ? (isRunnable ? [check] : []) : [found]),
  ];
}
