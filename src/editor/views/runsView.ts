import * as vscode from 'vscode';
import type { RunSummary, TaskRow, TurnCell } from '../../engine/domain/view';
import type { RoundsStory, RoundStory } from '../../engine/domain/roundsStory';
import { plainText } from '../../engine/redaction/plainText';
import { coalesce } from '../coalesce';
import { nodeContexts, viewIds } from '../ids';
import type { RunChange, RunStore } from '../runStore';
import { taskName } from '../../viewer/taskName';
import { leftOutWords } from '../reasons';
import { runBrief, runWords, statusWords, taskWords } from '../words';
import { partName, partsOf, roundIcon, roundText } from './roundItems';
import {
  runContext,
  runIcon,
  RunNodes,
  taskIcon,
  turnIcon,
  type NodeIcon,
  type RunNode,
} from './runNodes';

/** At most five refreshes a second. */
const refreshEveryMs = 200;
/** And at most once a second of a whole run that is open in the tree. */
const runEveryMs = 1000;

/** The Runs tree: run, task, turn. */
export class RunsView implements vscode.TreeDataProvider<RunNode> {
  private readonly nodes = new RunNodes();
  private readonly changed = new vscode.EventEmitter<RunNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly waiting = new Set<RunNode>();
  private all = false;
  private runRefreshedAt = 0;
  private readonly refreshing = coalesce(refreshEveryMs, () => this.refresh());
  private readonly view: vscode.TreeView<RunNode>;
  /** The tree came in sight or went out of it. */
  readonly onVisibility: (listener: () => void) => vscode.Disposable;
  private readonly listening: { dispose(): void };
  /** The rows of the runs that are open in the tree, for items are asked for one by one. */
  private readonly stories = new Map<string, RoundsStory>();
  private readonly rows = new Map<string, ReadonlyMap<string, TaskRow>>();

  constructor(private readonly runs: RunStore) {
    this.view = vscode.window.createTreeView(viewIds.runs, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.onVisibility = (listener) => this.view.onDidChangeVisibility(() => listener());
    this.listening = runs.onChanged((change) => this.take(change));
  }

  get visible(): boolean {
    return this.view.visible;
  }

  async getChildren(node?: RunNode): Promise<RunNode[]> {
    if (node === undefined) {
      const runs = await this.runs.runs();
      this.showBadge(runs);
      return runs.map(({ id }) => this.nodes.run(id));
    }
    if (node.kind === 'turn') return [];
    if (node.kind === 'round') return this.partsOf(node.run, node.round);
    if (node.kind === 'run' && this.runs.run(node.run)?.kind === 'rounds') {
      return this.roundsOf(node.run);
    }
    const rows = await this.runs.rows(node.run);
    if (node.kind === 'run' || node.kind === 'part') {
      this.rows.set(node.run, new Map(rows.map((row) => [row.hash, row])));
      return rows.map(({ hash }) =>
        node.kind === 'part' ? this.nodes.taskOfPart(node, hash) : this.nodes.task(node.run, hash),
      );
    }
    const row = rows.find(({ hash }) => hash === node.task);
    return (row?.turns ?? []).map(({ number }) => this.nodes.turn(node, number));
  }

  getParent(node: RunNode): RunNode | undefined {
    if (node.kind === 'run') return undefined;
    if (node.kind === 'round') return this.nodes.run(node.run);
    if (node.kind === 'part') return this.nodes.round(node.rounds, node.round);
    return node.under ?? this.nodes.run(node.run);
  }

  getTreeItem(node: RunNode): vscode.TreeItem {
    const run = this.runs.run(node.run);
    if (node.kind === 'run') {
      return run === undefined ? gone(node) : runItem(node, run, this.sharesTitle(run));
    }
    if (node.kind === 'round') return this.roundItem(node, node.round);
    if (node.kind === 'part') return this.partItem(node, node);
    const row = this.rows.get(node.run)?.get(node.task);
    if (row === undefined) return gone(node);
    if (node.kind === 'task') return taskItem(node, row, run?.state === 'running');
    const cell = row.turns.find(({ number }) => number === node.turn);
    return cell === undefined ? gone(node) : turnItem(node, cell);
  }

  dispose(): void {
    this.listening.dispose();
    this.refreshing.dispose();
    this.view.dispose();
    this.changed.dispose();
  }

  private async roundsOf(run: string): Promise<RunNode[]> {
    const story = await this.runs.rounds(run);
    this.stories.set(run, story);
    // It has no tasks of its own; that it was looked at keeps it from being read at each report.
    this.rows.set(run, new Map());
    return story.rounds.map(({ number }) => this.nodes.round(run, number));
  }

  private partsOf(run: string, round: number): RunNode[] {
    const found = this.roundOf(run, round);
    return found === undefined
      ? []
      : partsOf(found).map((part) => this.nodes.part(run, round, part));
  }

  private roundOf(run: string, round: number): RoundStory | undefined {
    return this.stories.get(run)?.rounds.find(({ number }) => number === round);
  }

  private roundItem(node: RunNode, number: number): vscode.TreeItem {
    const story = this.stories.get(node.run);
    const round = this.roundOf(node.run, number);
    if (story === undefined || round === undefined) return gone(node);
    const isRunning = this.runs.run(node.run)?.state === 'running';
    const name = vscode.l10n.t('Round {0}', number);
    const item = itemOf(node, name, roundIcon(round, isRunning), roundText(story, round));
    item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
    item.contextValue = nodeContexts.round;
    item.command = showRounds(node);
    return item;
  }

  private partItem(
    node: RunNode,
    { rounds, round, step }: Extract<RunNode, { kind: 'part' }>,
  ): vscode.TreeItem {
    const found = this.roundOf(rounds, round);
    const part = found && partsOf(found).find((one) => one.step === step);
    if (part === undefined) return gone(node);
    const item = itemOf(node, partName(step), { icon: 'beaker' }, part.words);
    item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
    item.contextValue = nodeContexts.part;
    item.command = {
      command: 'flywheel.showIterations',
      title: vscode.l10n.t('Show Iterations'),
      arguments: [node],
    };
    return item;
  }

  private sharesTitle({ id, title }: RunSummary): boolean {
    return this.runs.known().some((other) => other.title === title && other.id !== id);
  }

  private take(change: RunChange): void {
    if (change.kind === 'all') {
      this.all = true;
      this.nodes.clear();
      this.rows.clear();
      this.stories.clear();
    } else {
      this.takeRun(change.run, change.rows);
    }
    this.refreshing.request();
  }

  private takeRun(run: RunSummary, rows: readonly TaskRow[]): void {
    const shown = this.nodes.shownRun(run.id);
    if (shown === undefined) {
      this.all = true;
      return;
    }
    const known = this.rows.get(run.id);
    const fresh = known === undefined || rows.some(({ hash }) => !known.has(hash));
    // Refreshing a run reads all its tasks again, which a run of a thousand must not do each time.
    const soon = Date.now() - this.runRefreshedAt < runEveryMs;
    if (fresh || run.state !== 'running' || !soon) {
      this.runRefreshedAt = Date.now();
      this.waiting.add(shown);
    }
    if (known === undefined) return;
    for (const { hash } of rows) {
      const node = this.nodes.shownTask(run.id, hash);
      if (node !== undefined) this.waiting.add(node);
    }
    this.rows.set(run.id, new Map([...known, ...rows.map((row) => [row.hash, row] as const)]));
  }

  private refresh(): void {
    const nodes = [...this.waiting];
    this.waiting.clear();
    this.showBadge(this.runs.known());
    this.changed.fire(this.all ? undefined : nodes);
    this.all = false;
  }

  private showBadge(runs: readonly RunSummary[]): void {
    const value = runs.filter(({ state }) => state === 'running').length;
    this.view.badge =
      value === 0 ? undefined : { value, tooltip: vscode.l10n.t('{0} running', value) };
  }
}

/** A run under its title, or under its id where another run has the same title. */
function runItem(node: RunNode, run: RunSummary, sharesTitle: boolean): vscode.TreeItem {
  const words = sharesTitle ? `${runBrief(run)} · ${run.title}` : runBrief(run);
  const item = itemOf(node, sharesTitle ? run.id : run.title, runIcon(run), words);
  item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
  item.contextValue = runContext(run);
  if (run.kind === 'rounds') item.command = showRounds(node);
  const leftOut = run.leftOut === undefined ? '' : leftOutWords(run.leftOut);
  const lines = [run.title, runWords(run), run.message];
  if (leftOut !== '') lines.push(vscode.l10n.t('Left out: {0}.', leftOut));
  item.tooltip = plainText(lines.filter(Boolean).join('\n'));
  return item;
}

function showRounds(node: RunNode): vscode.Command {
  return {
    command: 'flywheel.showRounds',
    title: vscode.l10n.t('Show Rounds'),
    arguments: [node],
  };
}

function taskItem(node: RunNode, row: TaskRow, running: boolean): vscode.TreeItem {
  const { entryPoint, variant } = taskName(row);
  const words = [variant, taskWords(row, running)].filter(Boolean).join(' · ');
  const item = itemOf(node, entryPoint, taskIcon(row), words);
  item.collapsibleState =
    row.turns.length === 0
      ? vscode.TreeItemCollapsibleState.None
      : vscode.TreeItemCollapsibleState.Collapsed;
  item.contextValue = nodeContexts.task;
  item.tooltip = plainText(`${row.id}\n${taskWords(row, running)}`);
  item.command = {
    command: 'flywheel.showIterations',
    title: vscode.l10n.t('Show Iterations'),
    arguments: [node],
  };
  return item;
}

function turnItem(node: RunNode, cell: TurnCell): vscode.TreeItem {
  const words =
    cell.nothing === undefined
      ? `${statusWords(cell.status)} · ${cell.passed}/${cell.of}`
      : vscode.l10n.t('no program');
  const item = itemOf(node, vscode.l10n.t('Turn {0}', cell.number), turnIcon(cell), words);
  item.contextValue = nodeContexts.turn;
  item.command = {
    command: 'flywheel.showChanges',
    title: vscode.l10n.t('Show Changes of a Turn'),
    arguments: [node],
  };
  return item;
}

function itemOf(node: RunNode, name: string, icon: NodeIcon, told: string): vscode.TreeItem {
  const [label, words] = [plainText(name), plainText(told)];
  const item = new vscode.TreeItem(label);
  const color = icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color);
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon(icon.icon, color);
  item.description = words;
  item.accessibilityInformation = { label: `${label}, ${words}` };
  return item;
}

function gone(node: RunNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('No longer there'));
  item.id = node.id;
  return item;
}
