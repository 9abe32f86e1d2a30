import * as vscode from 'vscode';
import { targetOf } from '../desk';
import { programUri } from '../documents';
import { turnBefore } from '../programs';
import { statusWords, taskWords } from '../words';
import { pickRun } from './pickRun';
import type { Command } from './register';

/** The difference of a turn to the one before, in the editor's own difference view. */
export const showChanges: Command = async (desk, argument) => {
  const target = targetOf(argument);
  const run = await pickRun(desk, target, {
    title: vscode.l10n.t('Show Changes of a Turn'),
    fits: () => true,
    none: vscode.l10n.t('There is no run yet.'),
  });
  if (run === undefined) return;
  const task = target.task ?? (await pickTask(desk, run));
  if (task === undefined) return;
  const story = await desk.runs.story(run, task, target.sample);
  const turn =
    target.turn ??
    (await desk.prompts.pick(
      vscode.l10n.t('Turn of {0}', story.row.entryPoint),
      story.turns
        .filter(({ program }) => program !== null)
        .map((one) => ({
          label: vscode.l10n.t('Turn {0}', one.number),
          description: `${statusWords(one.status)} · ${one.passed}/${one.of}`,
          ...(one.note === undefined ? {} : { detail: one.note }),
          value: one.number,
        })),
    ));
  if (turn === undefined) return;
  const { entryPoint, language } = story.row;
  const before = turnBefore(story, turn);
  const { sample } = story;
  await vscode.commands.executeCommand(
    'vscode.diff',
    programUri({ run, task, sample, turn: before }, entryPoint, language),
    programUri({ run, task, sample, turn }, entryPoint, language),
    before === 0
      ? vscode.l10n.t('{0}: starter ↔ turn {1}', entryPoint, turn)
      : vscode.l10n.t('{0}: turn {1} ↔ turn {2}', entryPoint, before, turn),
  );
};

async function pickTask(
  { runs, prompts }: Parameters<Command>[0],
  run: string,
): Promise<string | undefined> {
  const running = runs.run(run)?.state === 'running';
  const tried = (await runs.rows(run)).filter(({ turns }) => turns.length > 0);
  return prompts.pick(
    vscode.l10n.t('Task'),
    tried.map((row) => ({
      label: row.entryPoint,
      description: taskWords(row, running),
      detail: row.id,
      value: row.hash,
    })),
  );
}
