import * as vscode from 'vscode';
import { messageOf, UserError } from '../../engine/domain/errors';
import type { Desk } from '../desk';
import { Cancelled } from '../engineClient';
import { commandIds, type CommandId } from '../ids';
import { answerTest } from './answerTest';
import { clearApiKey, setApiKey } from './apiKey';
import { cancelRun } from './cancelRun';
import { checkSandbox } from './checkSandbox';
import { checkTasks } from './checkTasks';
import { compareDatasets, showDatasetCard, showDatasetRows } from './datasets';
import { acceptProposal, rejectProposal, showProposal } from './decideProposal';
import { compareRuns, evaluate } from './evaluate';
import { exportDataset } from './exportDataset';
import { importTasks } from './importTasks';
import { makeTasks, makeTasksFromSelection } from './makeTasks';
import { clearMissedTests, showMissedTests } from './missedTests';
import { resumeRun } from './resumeRun';
import { runDemo } from './runDemo';
import { runRound } from './runRound';
import { selectModel } from './selectModel';
import { selfDebug } from './selfDebug';
import { showChanges } from './showChanges';
import { showIterations } from './showIterations';
import { showRounds } from './showRounds';
import { startRun } from './startRun';
import { strengthenTests } from './strengthenTests';
import { openLastRun, openTask, runTask, showTaskReport } from './taskOfFile';

/**
 * A command: what it gives back is for tests and for other commands. The Explorer passes what was
 * clicked and, as `selected`, all that is selected there; other menus pass no such list.
 */
export type Command = (desk: Desk, argument: unknown, selected?: unknown) => Promise<unknown>;

const commands: Record<CommandId, Command> = {
  'flywheel.runDemo': runDemo,
  'flywheel.makeTasks': makeTasks,
  'flywheel.makeTasksFromSelection': makeTasksFromSelection,
  'flywheel.importTasks': importTasks,
  'flywheel.checkTasks': checkTasks,
  'flywheel.runTask': runTask,
  'flywheel.openTask': openTask,
  'flywheel.openLastRun': openLastRun,
  'flywheel.showTaskReport': showTaskReport,
  'flywheel.showMoreTasks': async ({ tasks }, argument) => tasks.showMore(argument),
  'flywheel.refreshTasks': async ({ taskFiles }) => taskFiles.refresh(),
  'flywheel.showMissedTests': showMissedTests,
  'flywheel.strengthenTests': strengthenTests,
  'flywheel.clearMissedTests': clearMissedTests,
  'flywheel.startRun': startRun,
  'flywheel.runRound': runRound,
  'flywheel.showRounds': showRounds,
  'flywheel.selfDebug': selfDebug,
  'flywheel.acceptProposal': acceptProposal,
  'flywheel.rejectProposal': rejectProposal,
  'flywheel.showProposal': showProposal,
  'flywheel.answerTest': answerTest,
  'flywheel.selectModel': selectModel,
  'flywheel.setApiKey': setApiKey,
  'flywheel.clearApiKey': clearApiKey,
  'flywheel.cancelRun': cancelRun,
  'flywheel.resumeRun': resumeRun,
  'flywheel.showIterations': showIterations,
  'flywheel.showChanges': showChanges,
  'flywheel.exportDataset': exportDataset,
  'flywheel.showDatasetRows': showDatasetRows,
  'flywheel.showDatasetCard': showDatasetCard,
  'flywheel.compareDatasets': compareDatasets,
  'flywheel.refreshDatasets': async ({ datasets }) => datasets.refresh(),
  'flywheel.evaluate': evaluate,
  'flywheel.compareRuns': compareRuns,
  'flywheel.checkSandbox': checkSandbox,
  'flywheel.refreshRuns': async ({ runs }) => runs.refresh(),
};

export function registerCommands(desk: Desk): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(id, (...given: unknown[]) =>
        runCommand(desk, id, commands[id], given),
      ),
    ),
  );
}

/** Every command passes here: logged, its errors shown once, with what mends them. */
async function runCommand(
  desk: Desk,
  id: CommandId,
  command: Command,
  [argument, selected]: readonly unknown[],
): Promise<unknown> {
  desk.log.info(`${id} begins`);
  try {
    const result = await command(desk, argument, selected);
    desk.log.info(`${id} ended`);
    return result;
  } catch (error) {
    if (error instanceof Cancelled || error instanceof vscode.CancellationError) {
      desk.log.info(`${id} was cancelled`);
      return undefined;
    }
    desk.log.error(`${id} failed`, error instanceof Error ? error : messageOf(error));
    showError(desk, error);
    return undefined;
  }
}

/** With its full stop, which messages of the engine are without, so that more can follow. */
function sentence(text: string): string {
  return /[.!?:…。！？]$/.test(text) ? text : `${text}.`;
}

/** Not waited for: a notification stays until the person answers it. */
function showError(desk: Desk, error: unknown): void {
  const showLog = vscode.l10n.t('Show Log');
  const mend = error instanceof UserError ? error.mend : undefined;
  const [first = ''] = messageOf(error).split('\n');
  const text = mend === undefined ? first : `${sentence(first)} ${mend}`;
  void desk.prompts.fail(text, showLog).then((chosen) => {
    if (chosen === showLog) desk.log.show();
  });
}
