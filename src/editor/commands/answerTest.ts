import * as vscode from 'vscode';
import type { AnswerResult, DecidingTest } from '../../engine/flywheel/workbench';
import { targetOf, type Desk } from '../desk';
import { freeRunName } from './latestRuns';
import { pickRun } from './pickRun';
import type { Command } from './register';
import { showFound } from './showFound';
import { requireTrust } from './trust';
import { testsText } from '../counts';

/**
 * Asks what the call should return on which the programs that pass differ, and goes on with the
 * answer as one more test, in a run of its own. Gives the id of that run.
 */
export const answerTest: Command = async (desk, argument) => {
  requireTrust();
  const run = await pickRun(desk, targetOf(argument), {
    title: vscode.l10n.t('Say What a Call Should Return'),
    fits: ({ kind, state }) => kind === 'self-debug' && state === 'finished',
    none: vscode.l10n.t('There is no run on a function of yours.'),
  });
  if (run === undefined) return undefined;
  const [row] = await desk.engine.call('rows', { run });
  const story = row && (await desk.engine.call('story', { run, task: row.hash }));
  const answer = story?.answer ?? null;
  const asked = answer === null ? undefined : story?.turns[answer]?.choice?.decidingTest;
  if (!row || !asked) {
    void desk.prompts.tell(vscode.l10n.t('No call was found that would tell more.'));
    return undefined;
  }
  const returns = await returnsOf(desk, asked);
  if (returns === undefined) return undefined;
  const as = await freeRunName(desk, row.entryPoint);
  let result: AnswerResult | undefined;
  const driven = await desk.sessions.drive(as, async (engine, options) => {
    const answered = { run, task: row.hash, call: asked.call, returns, as };
    result = await engine.call('answerTest', answered, options);
  });
  if (result?.stop === 'solved') {
    const { file } = await desk.engine.call('proposal', { run: as });
    const { passed, of, next } = result;
    await showFound(desk, { run: as, name: row.entryPoint, file, passed, of, decides: next });
  } else if (result) {
    const { passed, of } = result;
    void desk.prompts.warn(
      vscode.l10n.t(
        'No program was found that gives this. Passed: {0} of {1}.',
        passed,
        testsText(of),
      ),
    );
  }
  return driven ?? undefined;
};

/** One of what the programs give, or what the person writes. */
async function returnsOf(
  { prompts }: Desk,
  { call, answers }: DecidingTest,
): Promise<string | undefined> {
  const title = vscode.l10n.t('What should {0} return?', call);
  const other = vscode.l10n.t('Something else…');
  const chosen = await prompts.pick<string | null>(title, [
    ...answers.map((answer) => ({ label: answer, value: answer })),
    { label: other, value: null },
  ]);
  if (chosen !== null) return chosen;
  return prompts.text({
    title,
    prompt: vscode.l10n.t("One expression, such as [1, 2] or 'a', or: raises ValueError"),
    value: '',
    check: (text) => (text.trim() === '' ? vscode.l10n.t('Nothing was written.') : null),
  });
}
