import path from 'node:path';
import type { RunSummary } from '../../engine/domain/view';
import type { DemoResult } from '../../engine/flywheel/workbench';
import { judgingOptions, type Command, type Values } from '../options';
import type { Progress } from '../progress';
import { rejectedText, tasksText, typedNext } from '../words';

export const demo: Command = {
  name: 'demo',
  options: judgingOptions,
  records: true,
  async run({ workbench, values, progress, signal }) {
    const result = await workbench.demo((run) => showRun(progress, run), signal);
    const { report: _report, ...json } = result;
    return { json, text: summary(result, values) };
  },
};

const phaseWords = {
  acquire: 'acquire: faults put into tested functions',
  refine: 'refine',
  update: 'update: verifying again what was solved',
  evaluate: 'evaluate: comparing with the originals',
} as const;

/** The state of a run as one line of progress. */
export function showRun(progress: Progress, run: RunSummary): void {
  const phase = run.phase ?? (run.kind === 'demo' ? 'acquire' : 'refine');
  const solver = /^search-repair/.test(run.solver) ? 'search repair' : run.solver;
  const solved = phase === 'refine' ? `: ${solver}, ${String(run.solvedVisible.count)} solved` : '';
  progress.show(phaseWords[phase] + solved, run.done ?? 0, run.total ?? null);
}

function summary(result: DemoResult, values: Values): string {
  const relative = (place: string): string => path.relative(process.cwd(), place) || '.';
  return [
    `One turn of the wheel, run ${result.run}, ${result.seconds.toFixed(1)} s`,
    '',
    `Acquired  ${tasksText(result.tasks)}; rejected: ${rejectedText(result.rejected)}`,
    ...result.leftOut.map(({ language, reason }) => `          left out: ${language} (${reason})`),
    '',
    result.report,
    '',
    `Made      ${String(result.pairs)} verified pairs in ${relative(result.dataset)}`,
    `          prompt-completion/ and preference/ as TRL reads them, README.md is the data card`,
    '',
    `Next      ${typedNext(`show ${result.run}`, values)}      every task, turn by turn`,
    `          ${typedNext('tasks make --from samples --out my.tasks.jsonl', values)}`,
    '                                       tasks from your own code: name its folder',
    '          npm start                    the same in VS Code',
  ].join('\n');
}
