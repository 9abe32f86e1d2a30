import { howMany } from '../../engine/domain/howMany';
import { UserError } from '../../engine/domain/errors';
import type {
  FailingTest,
  RunSummary,
  TaskRow,
  TaskStory,
  TurnStory,
} from '../../engine/domain/view';
import type { CommandContext, CommandResult } from '../main';
import type { Command } from '../options';
import { columns, endedText, unansweredText } from '../words';
import { attemptLines } from './showAttempts';

export const show: Command = {
  name: 'show',
  options: {},
  names: [1, 2],
  run: (context) => Promise.resolve(showRun(context)),
};

function showRun({ workbench, names }: CommandContext): CommandResult {
  const [run = '', asked] = names;
  const summary = workbench.run(run);
  const rows = workbench.rows(run);
  if (asked === undefined) {
    const text = [
      `${run}: ${summary.state}, ${endedText(summary)} ended${taughtText(summary.solver)}`,
      ...(summary.message === undefined || summary.state === 'running'
        ? []
        : [`Stopped: ${summary.message}`]),
      ...usageLines(summary),
      columns(rows.map(rowCells)),
    ].join('\n');
    return { json: { run: summary, tasks: rows }, text };
  }
  const found = rows.filter(({ id, hash }) => id === asked || hash.startsWith(asked));
  const [row] = found;
  if (!row || found.length > 1) {
    throw new UserError({
      code: 'noSuchTask',
      message: `${run} has ${row ? 'several tasks' : 'no task'} of the name ${asked}`,
      mend: `npx flywheel show ${run} lists them.`,
    });
  }
  const story = workbench.story(run, row.hash);
  return { json: story, text: storyText(story) };
}

/** What the model calls of a run took, where it makes any. */
function usageLines({ usage }: RunSummary): string[] {
  if (!usage || usage.tokens === 0) return [];
  const cost = usage.costUsd === null ? 'cost unknown' : `${usage.costUsd.toFixed(4)} USD`;
  const answered = `${howMany(usage.calls, 'call')} answered`;
  return [
    `${howMany(usage.tokens, 'token')}, ${cost}; ${answered}${unansweredText(usage.unanswered)}`,
  ];
}

/** Told where edits came in another order than the usual. */
function taughtText(solver: string): string {
  const policy = /^search-repair@\d+\+(\w+)/.exec(solver)?.[1];
  return policy === undefined ? '' : `, edits in the order of the policy ${policy}`;
}

function rowCells(row: TaskRow): string[] {
  const marks = row.turns.map(({ status, passed, of }) =>
    status === 'passed' ? 'passed' : `${String(passed)}/${String(of)}`,
  );
  const hidden =
    row.passedHidden === undefined || row.passedHidden === null
      ? ''
      : row.passedHidden
        ? 'passes hidden tests'
        : 'fails hidden tests';
  const end = row.state === 'ended' ? (row.stop ?? '') : row.state;
  const tried = `${String(row.candidates)} tried`;
  return [row.id, end, tried, hidden, marks.join(' ')];
}

function storyText(story: TaskStory): string {
  const { row, starter } = story;
  return [
    `${row.id} (${row.language}): ${row.stop ?? row.state}`,
    '',
    story.prompt,
    '',
    ...(starter
      ? [
          `Starter: ${String(starter.passed)} of ${String(starter.of)} visible tests pass`,
          ...failing(starter.failing),
        ]
      : []),
    ...story.turns.flatMap((turn) => ['', ...turnLines(turn), ...attemptLines(turn.attempts)]),
    ...(story.open ?? []).flatMap(({ number, attempts }) => [
      '',
      number === 0 ? 'Tests of its own: none yet' : `Turn ${String(number)}: not ended`,
      ...attemptLines(attempts),
    ]),
  ].join('\n');
}

const maxReplyChars = 2000;

/** A turn that gave no program: why, and what the model said instead. */
function nothingLines({ number, nothing, calls = [] }: TurnStory): string[] {
  const said = calls.flatMap(({ replies, refused }) => [
    ...replies.map(({ text }) => text.slice(0, maxReplyChars)),
    ...(refused === undefined ? [] : [refused]),
  ]);
  return [
    `Turn ${String(number)}: no program (${nothing ?? ''})`,
    ...said.flatMap((text) => text.split('\n').map((line) => `  | ${line}`)),
  ];
}

function turnLines(turn: TurnStory): string[] {
  if (turn.nothing !== undefined) return nothingLines(turn);
  const batch = turn.screened > 1 ? `${String(turn.screened)} edits tried, best ` : '';
  const hidden =
    turn.passedHidden === undefined
      ? ''
      : turn.passedHidden
        ? ', passes hidden tests'
        : ', fails hidden tests';
  return [
    `Turn ${String(turn.number)}: ${batch}${String(turn.passed)} of ${String(turn.of)} (${turn.status})${hidden}`,
    ...(turn.note === undefined ? [] : [`  ${turn.note}`]),
    ...(turn.choice?.alternatives ?? []).map(({ note }) => `  or ${note}`),
    ...turn.difference.map(({ kind, text }) => `  ${signs[kind]}${text}`),
    ...failing(turn.failing),
  ];
}

const signs = { same: '  ', added: '+ ', removed: '- ', gap: '  …' } as const;

function failing(test: FailingTest | undefined): string[] {
  if (!test) return [];
  return [
    `  fails: ${test.id}`,
    ...(test.statement === undefined ? [] : [`    ${test.statement}`]),
    ...(test.expected === undefined
      ? [`    ${test.message ?? test.outcome}`]
      : [`    expected ${test.expected}`, `    got      ${test.actual ?? ''}`]),
  ];
}
