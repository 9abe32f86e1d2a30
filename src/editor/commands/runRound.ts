import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../engine/domain/errors';
import type { RunSummary } from '../../engine/domain/view';
import type { RoundsRequest } from '../../engine/flywheel/workbench';
import { targetOf, type Desk } from '../desk';
import { goalsSuffix } from '../goalsFiles';
import { roundsWords } from '../roundWords';
import { agreeOnRounds } from './agreeOnRounds';
import { chooseGoals } from './chooseGoals';
import { freeRunName, latestRuns } from './latestRuns';
import type { Command } from './register';
import { requireTrust } from './trust';

/**
 * Rounds of the wheel from a goals file. Of a run that is named, those that are still to be done,
 * or more of them where all are done. Gives the id of the run.
 */
export const runRound: Command = async (desk, argument) => {
  requireTrust();
  const { run } = targetOf(argument);
  const known = run === undefined ? undefined : desk.runs.run(run);
  const goalFile =
    argument instanceof vscode.Uri
      ? argument.fsPath
      : (known?.goals?.file ?? (await chooseGoals(desk)));
  if (goalFile === undefined) return undefined;
  await saveOpen(goalFile);
  const begun = known ?? (await runToGoOnWith(desk, goalFile));
  if (begun === undefined) return undefined;
  const id = begun === null ? await freeRunName(desk, nameOf(goalFile)) : begun.id;
  const done = begun === null ? 0 : await roundsDone(desk, begun.id);
  const agreed = await agreeOnRounds(desk, { goalFile, done, asked: begun?.goals?.rounds ?? 0 });
  if (agreed === undefined) return undefined;
  return driveRounds(desk, { goalFile, rounds: agreed, run: id });
};

/** Goes on with rounds as they were asked for; gives the id of the run. */
export async function resumeRounds(desk: Desk, run: RunSummary): Promise<string | undefined> {
  const goalFile = run.goals?.file ?? (await chooseGoals(desk));
  if (goalFile === undefined) return undefined;
  await saveOpen(goalFile);
  const rounds = run.goals?.rounds ?? run.round?.number ?? 1;
  return driveRounds(desk, { goalFile, rounds, run: run.id });
}

async function driveRounds(desk: Desk, request: RoundsRequest): Promise<string | undefined> {
  const { sessions, roundsPanels, prompts } = desk;
  const { run } = request;
  try {
    await sessions.drive(run, (engine, options) => engine.call('rounds', request, options), {
      get visible() {
        return roundsPanels.visible(run);
      },
      reveal: () => roundsPanels.show(run),
      follow: () => Promise.resolve(),
      progress: (summary) => {
        const { done = 0, total = 0 } = summary;
        return [roundsWords(summary), ...(total > 0 ? [`${done}/${total}`] : [])].join(' ');
      },
      ended: (summary) => ({
        text: `${summary.title}: ${roundsWords(summary)}`,
        show: vscode.l10n.t('Show Rounds'),
      }),
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error.code === 'awaitsTraining') {
      const next = await trainedModel(desk, error.message);
      return next && driveRounds(desk, { ...request, next });
    }
    // They were asked and said so: nothing went wrong.
    if (error.code !== 'notConfirmed') throw error;
    void prompts.tell(
      vscode.l10n.t(
        '{0} stopped before a step that you did not confirm. Resume Run asks again.',
        run,
      ),
    );
  }
  return run;
}

/** What was trained on the data of a round, once there is such a model; undefined where not yet. */
async function trainedModel(
  { prompts }: Desk,
  why: string,
): Promise<RoundsRequest['next'] | undefined> {
  const named = vscode.l10n.t('Name the Trained Model…');
  if ((await prompts.warn(why, named)) !== named) return undefined;
  const title = vscode.l10n.t('The Next Generation');
  const model = await prompts.text({
    ...{ title, value: '', prompt: vscode.l10n.t('Name of the model that was trained') },
    check: (text) => (text.trim() === '' ? vscode.l10n.t('A name is needed.') : null),
  });
  if (model === undefined) return undefined;
  const baseUrl = await prompts.text({
    ...{ title, value: '' },
    prompt: vscode.l10n.t('Address where it answers; empty for the one of the goals'),
    check: (text) =>
      text.trim() === '' || URL.canParse(text.trim())
        ? null
        : vscode.l10n.t('An address such as {0}', 'http://localhost:8000/v1'),
  });
  if (baseUrl === undefined) return undefined;
  const address = baseUrl.trim();
  return { model: model.trim(), ...(address === '' ? {} : { baseUrl: address }) };
}

/**
 * A run with the same goals file that the person wants to go on with; null to begin anew, undefined
 * where they want neither.
 */
async function runToGoOnWith(desk: Desk, goalFile: string): Promise<RunSummary | null | undefined> {
  const others = (await latestRuns(desk)).filter(
    ({ kind, goals }) => kind === 'rounds' && goals?.file === goalFile,
  );
  if (others.length === 0) return null;
  return desk.prompts.pick<RunSummary | null>(vscode.l10n.t('These goals were worked on before'), [
    ...others.map((run) => ({
      label: vscode.l10n.t('Go on with {0}', run.id),
      description: roundsWords(run),
      value: run,
    })),
    { label: vscode.l10n.t('Begin anew'), value: null },
  ]);
}

async function roundsDone({ engine }: Desk, run: string): Promise<number> {
  const { rounds } = await engine.call('roundsStory', { run });
  return rounds.filter(({ compare }) => compare !== undefined).length;
}

/** What the person wrote and did not save is what they mean. */
async function saveOpen(file: string): Promise<void> {
  const open = vscode.workspace.textDocuments.find(
    ({ uri, isDirty }) => isDirty && uri.scheme === 'file' && uri.fsPath === file,
  );
  await open?.save();
}

function nameOf(goalFile: string): string {
  const base = path.basename(goalFile);
  const name = base.endsWith(goalsSuffix)
    ? base.slice(0, -goalsSuffix.length)
    : path.parse(base).name;
  // What is no letter of a run's name is left out by whoever looks for a free one.
  return name.replace(/[^\w.-]+/g, '-').replace(/^[^\w]+/, '') || 'rounds';
}
