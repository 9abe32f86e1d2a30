import path from 'node:path';
import * as vscode from 'vscode';
import { tasksText } from '../counts';
import type { TaskEntry, TaskFileView } from '../../engine/flywheel/workbench';
import { messageOf } from '../../engine/domain/errors';
import { plainText } from '../../engine/redaction/plainText';
import { taskNames } from '../../viewer/taskName';
import { nodeContexts, viewIds, type CommandId } from '../ids';
import type { TaskFiles } from '../taskFiles/taskFiles';
import { stateName, taskBrief, taskFacts } from '../taskFiles/taskWords';
import {
  entriesOf,
  entryContext,
  fileOfNode,
  groupsOf,
  tasksPerPage,
  type TasksNode,
  type TaskState,
} from './taskNodes';

/** A group that holds no more than this is open from the beginning. */
const maxOpen = 40;

/** The Tasks tree: file, state, task. */
export class TasksView implements vscode.TreeDataProvider<TasksNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TasksNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<TasksNode>;
  private readonly fileNodes = new Map<string, TasksNode>();
  /** What the items of files tell, as it was last read. */
  private readonly known = new Map<string, TaskFileView | Error>();
  private readonly stale = new Set<string>();
  /** Tasks shown of a state of a file, where somebody asked for more. */
  private readonly shown = new Map<string, number>();
  private readonly names = new Map<string, ReturnType<typeof taskNames>>();
  private readonly listening: vscode.Disposable;

  constructor(private readonly files: TaskFiles) {
    this.view = vscode.window.createTreeView(viewIds.tasks, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.listening = vscode.Disposable.from(
      this.view,
      this.changed,
      files.onChanged(() => this.refresh()),
    );
  }

  get visible(): boolean {
    return this.view.visible;
  }

  onVisibility(listener: () => void): vscode.Disposable {
    return this.view.onDidChangeVisibility(() => listener());
  }

  async getChildren(node?: TasksNode): Promise<TasksNode[]> {
    if (node === undefined) return (await this.files.list()).map((file) => this.fileNode(file));
    if (node.kind === 'file') {
      const view = await this.files.read(node.file);
      this.know(node.file, view);
      return groupsOf(node.file, view);
    }
    if (node.kind !== 'state') return [];
    const view = await this.files.read(node.file);
    this.know(node.file, view);
    return entriesOf(node.file, node.state, view, this.shown.get(pageKey(node.file, node.state)));
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(node: TasksNode): vscode.TreeItem {
    switch (node.kind) {
      case 'file':
        return this.fileItem(node.file);
      case 'state':
        return stateItem(node);
      case 'entry':
        return entryItem(node.entry, this.nameOf(node.entry));
      case 'bad': {
        const { file, line, count } = node;
        const item = itemOf(
          count === 1
            ? vscode.l10n.t('A line is no task')
            : vscode.l10n.t('{0} lines are no tasks', count),
          vscode.l10n.t('line {0}', line),
          { icon: 'error', color: 'list.errorForeground' },
        );
        return opening(item, 'flywheel.openTask', vscode.l10n.t('Open'), { file, line });
      }
      case 'more': {
        const item = itemOf(vscode.l10n.t('{0} more…', node.left), '', { icon: 'ellipsis' });
        const title = vscode.l10n.t('Show More');
        return opening(item, 'flywheel.showMoreTasks', title, node);
      }
    }
  }

  /** Shows the next tasks of the state that a node of the kind `more` stands for. */
  showMore(argument: unknown): void {
    const file = fileOfNode(argument);
    if (file === undefined) return;
    const { state } = argument as { readonly state: TaskState };
    const key = pageKey(file, state);
    this.shown.set(key, (this.shown.get(key) ?? tasksPerPage) + tasksPerPage);
    this.changed.fire(this.fileNode(file));
  }

  async reveal(file: string): Promise<void> {
    await vscode.commands.executeCommand(`${viewIds.tasks}.focus`);
    const options = { select: true, focus: true, expand: true };
    await this.view.reveal(this.fileNode(file), options);
  }

  dispose(): void {
    this.listening.dispose();
  }

  private refresh(): void {
    // What was known stays to be seen until it is read anew.
    for (const file of this.known.keys()) this.stale.add(file);
    this.names.clear();
    this.changed.fire(undefined);
  }

  /** The same object for the same file, so that a file that is open in the tree stays open. */
  private fileNode(file: string): TasksNode {
    const known = this.fileNodes.get(file) ?? { kind: 'file', file };
    this.fileNodes.set(file, known);
    return known;
  }

  private fileItem(file: string): vscode.TreeItem {
    const view = this.known.get(file);
    const folder = vscode.workspace.asRelativePath(path.dirname(file), false);
    const where = folder === path.dirname(file) ? '' : folder;
    const words = view === undefined ? '' : fileWords(view);
    const icon = view instanceof Error ? 'error' : 'file';
    const item = itemOf(path.basename(file), [words, where].filter(Boolean).join(' · '), { icon });
    item.id = `tasks:${file}`;
    item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
    item.contextValue = nodeContexts.taskFile;
    item.resourceUri = vscode.Uri.file(file);
    item.tooltip = plainText([file, words].filter(Boolean).join('\n'));
    // Its counts come later, so that one large file keeps none of the others waiting.
    if (view === undefined || this.stale.has(file)) void this.fill(file);
    return item;
  }

  private async fill(file: string): Promise<void> {
    const read = await this.files.read(file).catch((error: unknown) => new Error(messageOf(error)));
    this.know(file, read);
  }

  private know(file: string, view: TaskFileView | Error): void {
    const before = this.known.get(file);
    this.stale.delete(file);
    this.known.set(file, view);
    const isNews = before === undefined || fileWords(before) !== fileWords(view);
    if (isNews) this.changed.fire(this.fileNode(file));
  }

  private nameOf(entry: TaskEntry): string {
    const view = this.known.get(entry.file);
    const all = view instanceof Error || view === undefined ? [entry] : view.tasks;
    const naming = this.names.get(entry.file) ?? taskNames(all);
    this.names.set(entry.file, naming);
    const { entryPoint, variant } = naming(entry);
    return variant === '' ? entryPoint : `${entryPoint} ${variant}`;
  }
}

function pageKey(file: string, state: TaskState): string {
  return `${state} ${file}`;
}

function fileWords(view: TaskFileView | Error): string {
  if (view instanceof Error) return view.message;
  const { tasks, more } = view;
  const checked = tasks.filter(({ state }) => state !== 'notChecked').length;
  const passed = tasks.filter(({ state }) => state === 'admitted' || state === 'trainingOnly');
  const all = tasks.length + more;
  if (checked === 0) return vscode.l10n.t('{0}, not checked', tasksText(all));
  return vscode.l10n.t('{0} of {1} let in', passed.length, all);
}

function stateItem({ file, state, count }: Extract<TasksNode, { kind: 'state' }>): vscode.TreeItem {
  const item = itemOf(stateName(state), String(count), icons[state]);
  item.id = `tasks:${state}:${file}`;
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  item.collapsibleState = count > maxOpen ? Collapsed : Expanded;
  item.contextValue = nodeContexts.taskState;
  return item;
}

function entryItem(entry: TaskEntry, name: string): vscode.TreeItem {
  const { file, line, id, state, saw, maker, visible, hidden, toldBy } = entry;
  const item = itemOf(name, taskBrief(entry), icons[state]);
  item.id = `tasks:${file}:${line}`;
  item.contextValue = entryContext(entry);
  const facts = [stateName(state), ...taskFacts(entry)].join(', ');
  const lines = [
    id,
    facts,
    saw ?? '',
    vscode.l10n.t('{0} visible and {1} hidden tests', visible, hidden),
    maker === 'unknown' ? '' : vscode.l10n.t('Made by {0}', maker),
    toldBy === 'file' ? vscode.l10n.t('As its line says; not checked here.') : '',
  ];
  item.tooltip = plainText(lines.filter(Boolean).join('\n'));
  item.accessibilityInformation = { label: plainText(`${name}, ${facts}`) };
  return opening(item, 'flywheel.openTask', vscode.l10n.t('Open'), { file, line });
}

interface Icon {
  readonly icon: string;
  readonly color?: string;
}

const icons: Readonly<Record<TaskState, Icon>> = {
  admitted: { icon: 'pass', color: 'testing.iconPassed' },
  trainingOnly: { icon: 'mortar-board', color: 'testing.iconQueued' },
  rejected: { icon: 'circle-slash', color: 'testing.iconFailed' },
  notChecked: { icon: 'circle-large-outline', color: 'testing.iconUnset' },
};

function itemOf(name: string, told: string, { icon, color }: Icon): vscode.TreeItem {
  const [label, words] = [plainText(name), plainText(told)];
  const item = new vscode.TreeItem(label);
  item.iconPath = new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
  item.description = words;
  item.accessibilityInformation = { label: words === '' ? label : `${label}, ${words}` };
  return item;
}

function opening(
  item: vscode.TreeItem,
  command: CommandId,
  title: string,
  argument: unknown,
): vscode.TreeItem {
  item.command = { command, title, arguments: [argument] };
  return item;
}
