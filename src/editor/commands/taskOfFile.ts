import * as vscode from 'vscode';
import { UserError } from '../../engine/domain/errors';
import type { TaskReport } from '../../engine/flywheel/workbench';
import { plainText } from '../../engine/redaction/plainText';
import { reportUri } from '../documents';
import { fenced, literal } from '../rowPreview';
import { openTaskText } from '../taskFiles/taskFiles';
import { stateName, stepName, taskFacts } from '../taskFiles/taskWords';
import { readTaskTarget, type TaskTarget } from '../views/taskNodes';
import { chooseSolver } from './chooseSolver';
import { freeRunName } from './latestRuns';
import type { Command } from './register';
import { saved } from './saved';
import { mayCost } from './startRun';
import { requireTrust } from './trust';

/** Solves one task of a file in a run of its own; gives the id of the run. */
export const runTask: Command = async (desk, argument) => {
  requireTrust();
  const { file, id, entryPoint } = targetMeant(argument);
  await saved(file);
  const run = await freeRunName(desk, entryPoint);
  const solving = await chooseSolver(desk);
  if (solving === undefined) return undefined;
  const only = [id];
  if (!(await mayCost(desk, file, solving, only))) return undefined;
  const driven = await desk.sessions.drive(run, (engine, options) =>
    engine.call('solve', { run, tasksFile: file, only, ...solving }, options),
  );
  desk.taskFiles.refresh();
  return driven ?? undefined;
};

/** Opens a file with tasks on the line of one. */
export const openTask: Command = async (_, argument) => {
  const place = placeOf(argument);
  if (place === null) throw nothingMeant();
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(place.file));
  const line = Math.min(Math.max(0, place.line - 1), document.lineCount - 1);
  await vscode.window.showTextDocument(document, {
    selection: new vscode.Range(line, 0, line, 0),
    preview: true,
  });
};

/** Shows what the newest run did with a task; gives the id of the run. */
export const openLastRun: Command = async (desk, argument) => {
  const { file, line } = targetMeant(argument);
  // Another run may have worked on it since the lens or the tree was drawn.
  const { entry } = await desk.engine.call('taskReport', { file, line, ...openTaskText(file) });
  if (entry.run === null) {
    throw new UserError({
      code: 'noRun',
      message: vscode.l10n.t('No run has worked on {0} yet.', entry.id),
      mend: vscode.l10n.t('Run it first.'),
    });
  }
  const rows = await desk.runs.rows(entry.run);
  const task = rows.find(({ hash, id }) => hash === entry.hash || id === entry.id)?.hash;
  await desk.iterations.reveal({ run: entry.run, task: task ?? null });
  return entry.run;
};

/** Shows what each step of the gate saw of a task; gives the text. */
export const showTaskReport: Command = async ({ engine }, argument) => {
  const { file, line } = targetMeant(argument);
  const report = await engine.call('taskReport', { file, line, ...openTaskText(file) });
  const text = reportText(report);
  const name = `task-${report.entry.id.replace(/[^\w.-]+/g, '-')}`;
  await vscode.window.showTextDocument(reportUri(name, text), { preview: true });
  return text;
};

/** Steps, and changes of the reference that no test notices, as Markdown. */
export function reportText(report: TaskReport): string {
  const { entry, steps, survivors, droppedTests, checkedAt, prompt } = report;
  const marks = { passed: '✓', failed: '✕', skipped: '–' };
  const when =
    checkedAt === null
      ? vscode.l10n.t('As its line says; not checked here.')
      : vscode.l10n.t('Checked {0}', new Date(checkedAt).toLocaleString(vscode.env.language));
  const parts = [
    `# ${literal(entry.id)}`,
    [stateName(entry.state), ...taskFacts(entry)].join(' · '),
    ...(entry.state === 'notChecked' ? [] : [when]),
    ...(steps.length === 0
      ? [vscode.l10n.t('It has not gone through the gate yet.')]
      : [
          `## ${vscode.l10n.t('What the gate saw')}`,
          steps
            .map(
              ({ step, outcome, saw }) =>
                `- ${marks[outcome]} **${stepName(step)}**: ${literal(saw)}`,
            )
            .join('\n'),
        ]),
    ...(survivors.length === 0
      ? []
      : [
          `## ${vscode.l10n.t('Changes of the reference that no test notices')}`,
          survivors
            .map(({ line, note, told }) => {
              const place = vscode.l10n.t('Line {0}', line);
              const how =
                told === undefined
                  ? ''
                  : ` — ${literal(vscode.l10n.t('{0} would give {1}, not {2}.', told.call, told.actual, told.expected))}`;
              return `- ${place}: ${literal(note)}${how}`;
            })
            .join('\n'),
        ]),
    ...(droppedTests.length === 0
      ? []
      : [
          `## ${vscode.l10n.t('Tests that were left out, because they notice nothing')}`,
          droppedTests.map((id) => `- ${literal(id)}`).join('\n'),
        ]),
    `## ${vscode.l10n.t('The task')}`,
    fenced(plainText(prompt)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function targetMeant(argument: unknown): TaskTarget {
  const target = readTaskTarget(argument);
  if (target === null) throw nothingMeant();
  return target;
}

function placeOf(argument: unknown): { readonly file: string; readonly line: number } | null {
  if (typeof argument !== 'object' || argument === null) return null;
  const { file, line } = argument as { readonly file?: unknown; readonly line?: unknown };
  return typeof file === 'string' && typeof line === 'number' ? { file, line } : null;
}

function nothingMeant(): UserError {
  return new UserError({
    code: 'noTask',
    message: vscode.l10n.t('No task was meant.'),
    mend: vscode.l10n.t('Choose one in the Tasks view, or above its line in a file of tasks.'),
  });
}
