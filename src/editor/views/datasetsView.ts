import path from 'node:path';
import * as vscode from 'vscode';
import type { DatasetSummary } from '../../engine/flywheel/workbench';
import { plainText } from '../../engine/redaction/plainText';
import { coalesce } from '../coalesce';
import type { EngineClient } from '../engineClient';
import { nodeContexts, viewIds } from '../ids';
import { formatWords, reasonName } from '../reasons';
import {
  maxRefusalsShown,
  partsOf,
  reasonsOf,
  refusedCount,
  type DatasetNode,
} from './datasetNodes';
import { pairsText, rowsText } from '../counts';

const refreshEveryMs = 1000;

/** The Datasets tree: dataset, its files of rows, and what was refused by reason. */
export class DatasetsView implements vscode.TreeDataProvider<DatasetNode> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<DatasetNode>;
  private readonly refreshing = coalesce(refreshEveryMs, () => this.refresh());

  constructor(
    private readonly engine: EngineClient,
    /** Looking must not start the engine where there is nothing to be found. */
    private readonly mayHaveSome: () => Promise<boolean>,
  ) {
    this.view = vscode.window.createTreeView(viewIds.datasets, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
  }

  get visible(): boolean {
    return this.view.visible;
  }

  async list(): Promise<DatasetSummary[]> {
    return (await this.mayHaveSome()) ? this.engine.call('datasets', null) : [];
  }

  async getChildren(node?: DatasetNode): Promise<DatasetNode[]> {
    if (node === undefined) {
      const datasets = await this.list();
      return datasets.map((dataset) => ({ kind: 'dataset', folder: dataset.folder, dataset }));
    }
    switch (node.kind) {
      case 'dataset':
        return partsOf(node.dataset);
      case 'refused':
        return reasonsOf(node.dataset);
      case 'reason':
        return this.refusals(node);
      case 'card':
      case 'file':
      case 'refusal':
      case 'more':
        return [];
    }
  }

  private async refusals({
    folder,
    reason,
    count,
  }: Extract<DatasetNode, { kind: 'reason' }>): Promise<DatasetNode[]> {
    const asked = { folder, reason, most: maxRefusalsShown };
    const found = await this.engine.call('datasetRefused', asked);
    const left = count - found.length;
    return [
      ...found.map((refusal, place): DatasetNode => ({ kind: 'refusal', folder, place, refusal })),
      ...(left > 0 ? [{ kind: 'more', folder, reason, left } as const] : []),
    ];
  }

  getTreeItem(node: DatasetNode): vscode.TreeItem {
    switch (node.kind) {
      case 'dataset':
        return datasetItem(node.dataset);
      case 'card': {
        const item = itemOf(vscode.l10n.t('Card'), '', 'book');
        return opening(item, 'flywheel.showDatasetCard', vscode.l10n.t('Show Card'), node);
      }
      case 'file': {
        const item = itemOf(node.file, rowsText(node.rows), 'table');
        item.contextValue = nodeContexts.datasetFile;
        return opening(item, 'flywheel.showDatasetRows', vscode.l10n.t('Show Rows'), node);
      }
      case 'refused': {
        const count = String(refusedCount(node.dataset));
        return collapsed(itemOf(vscode.l10n.t('Refused'), count, 'circle-slash'));
      }
      case 'reason': {
        const item = itemOf(reasonName(node.reason), String(node.count), 'filter');
        item.contextValue = nodeContexts.datasetReason;
        return collapsed(item);
      }
      case 'refusal':
        return refusalItem(node.refusal);
      case 'more':
        return itemOf(vscode.l10n.t('{0} more in refused.jsonl', node.left), '', 'ellipsis');
    }
  }

  /** At most once in `refreshEveryMs`, for runs tell of themselves often. */
  changedSoon(): void {
    if (this.visible) this.refreshing.request();
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  dispose(): void {
    this.refreshing.dispose();
    this.view.dispose();
    this.changed.dispose();
  }
}

function datasetItem(dataset: DatasetSummary): vscode.TreeItem {
  const { folder, version, format, pairs, bySplit, runs, parent, name, writtenAt } = dataset;
  const words = [version, format, pairsText(pairs)].join(' · ');
  const item = collapsed(itemOf(path.basename(folder), words, 'database'));
  item.id = `dataset:${folder}`;
  item.contextValue = nodeContexts.dataset;
  const lines = [
    name,
    folder,
    formatWords(format),
    vscode.l10n.t(
      '{0} train, {1} validation, {2} test',
      bySplit.train,
      bySplit.validation,
      bySplit.test,
    ),
    vscode.l10n.t('Runs: {0}', runs.join(', ')),
    parent === null ? '' : vscode.l10n.t('After version {0}', parent),
    new Date(writtenAt).toLocaleString(vscode.env.language),
  ];
  item.tooltip = plainText(lines.filter(Boolean).join('\n'));
  return item;
}

function refusalItem({
  task,
  run,
  sample,
  detail,
}: Extract<DatasetNode, { kind: 'refusal' }>['refusal']): vscode.TreeItem {
  const where = vscode.l10n.t('{0}, sample {1}', run, sample + 1);
  const item = itemOf(task, [where, detail].filter(Boolean).join(' · '), 'dash');
  item.tooltip = plainText([task, where, detail].filter(Boolean).join('\n'));
  return opening(item, 'flywheel.showIterations', vscode.l10n.t('Show Iterations'), { run });
}

function itemOf(name: string, told: string, icon: string): vscode.TreeItem {
  const [label, words] = [plainText(name), plainText(told)];
  const item = new vscode.TreeItem(label);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.description = words;
  item.accessibilityInformation = { label: words === '' ? label : `${label}, ${words}` };
  return item;
}

function collapsed(item: vscode.TreeItem): vscode.TreeItem {
  item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
  return item;
}

function opening(
  item: vscode.TreeItem,
  command: string,
  title: string,
  argument: unknown,
): vscode.TreeItem {
  item.command = { command, title, arguments: [argument] };
  return item;
}
