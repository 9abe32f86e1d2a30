import type { Learned } from './arms';
import {
  budgets,
  difference,
  mean,
  mostVerdicts,
  rowOf,
  type ArmOn,
  type Difference,
  type Row,
} from './measure';
import { holm } from '../../src/engine/statistics/holm';
import { size } from './settings';

export interface Result {
  readonly name: string;
  readonly arms: readonly ArmOn[];
  readonly families: readonly string[];
}

export interface Facts {
  readonly minutes: number;
  readonly load: string;
  readonly asked: number;
  readonly judged: number;
  readonly training: number;
  readonly trainingFamilies: number;
}

/** What is compared; the first three decide whether success may be claimed. */
const compared = [
  ['learned', 'hand'],
  ['learned', 'placebo'],
  ['learned', 'unverified'],
  ['learned', 'uniform'],
  ['learned', 'counts'],
  ['learned', 'no replay'],
  ['learned', 'no creator'],
  ['oracle prior', 'learned'],
] as const;
const deciding = 3;

/** The results as they came out, with what they do not show. */
export function documentOf(
  results: readonly Result[],
  learned: ReadonlyMap<string, readonly Learned[]>,
  facts: Facts,
): string {
  return `${[
    '# Does the wheel turn?',
    '',
    intro(results, facts),
    '',
    '![Share of tasks mended within so many verdicts, by arm](wheel.svg)',
    '',
    '## What was found',
    '',
    ...findings(results),
    '',
    ...results.flatMap((result) => [
      `## ${result.name[0]?.toUpperCase() ?? ''}${result.name.slice(1)}`,
      '',
      `${String(result.families.length)} tasks of ${String(new Set(result.families).size)} families.`,
      '',
      tableOf(result),
      '',
      differencesOf(result),
      '',
    ]),
    '## The rounds',
    '',
    roundsOf(learned),
    '',
    ...notShown,
  ].join('\n')}\n`;
}

function intro(results: readonly Result[], facts: Facts): string {
  const { seeds, rounds } = size;
  return [
    `Search repair tries small edits of a faulty program until one passes its tests. It can learn in which order to try them (\`src/engine/solvers/search/policy/\`). Here it does so for ${String(rounds.rounds)} rounds of ${String(rounds.tasksPerRound)} tasks with at most ${String(rounds.budget)} verdicts each, ${String(seeds)} times with other seeds, on ${String(facts.training)} faults put into ${String(facts.trainingFamilies)} published functions (HumanEval), and is then measured on functions that it never saw and on faults that nobody injected. Every arm that learns has the same budget of verdicts, and \`counts\`, \`uniform\` and \`hand\` are there to compare with (\`hand\` is the same for every seed; \`uniform\` ran with one, for it costs as many verdicts as the others together); in the measurement every arm has ${String(mostVerdicts)} a task.`,
    '',
    `\`npm run bench wheel -- --humaneval HumanEval.jsonl.gz --publish\` made this page, its arms shared between two processes: ${facts.minutes.toFixed(0)} minutes in all, ${String(facts.asked)} verdicts asked for, ${String(facts.judged)} found out by the sandboxed judge (the same program of the same task is judged once); at its end, ${facts.load}. ${results.length > 3 ? 'Sets given by `--tasks` are measured too. ' : ''}Nothing was tuned on the real faults: settings were chosen on injected faults of training families.`,
    '',
    'Arms: `uniform`, any edit as likely as any other; `hand`, the priority written by hand, which is what search repair does untaught; `learned`, trained on its own verified repairs; `placebo`, the same states with an edit drawn by lot as the right one; `unverified`, programs admitted that pass the visible tests alone; `no replay`, earlier rounds forgotten; `no creator`, the same tasks in every round; `oracle prior`, trained on the known inverse of each fault, found or not; `counts`, plain smoothed counts of operators.',
  ].join('\n');
}

function findings(results: readonly Result[]): string[] {
  return results.flatMap((result) => {
    const found = differences(result).slice(0, deciding);
    if (found.length < deciding) return [`- ${result.name}: not all arms were run.`];
    const corrected = holm(found.map(({ p }) => p));
    const isShown = (at: number): boolean =>
      (found[at]?.interval[0] ?? 0) > 0 && (corrected[at] ?? 1) < 0.05;
    const [hand, placebo, unverified] = [isShown(0), isShown(1), isShown(2)];
    const words = (shown: boolean, one: Difference | undefined): string =>
      `${shown ? 'is better than' : 'cannot be told to be better than'} \`${one?.against ?? ''}\` (${signed(one?.value ?? 0)}, ${signed(one?.interval[0] ?? 0)} to ${signed(one?.interval[1] ?? 0)})`;
    const isReal = result.name.startsWith('real');
    const claim = !isReal
      ? 'Injected faults prove nothing about real ones.'
      : hand && placebo && unverified
        ? 'By the rule set beforehand this is a success on this set.'
        : 'By the rule set beforehand no success is claimed: that takes all three.';
    return [
      `- **${result.name}**: \`learned\` ${words(hand, found[0])}, ${words(placebo, found[1])} and ${words(unverified, found[2])}, in area under the curve, p corrected for three (Holm). ${claim}`,
    ];
  });
}

export function tableOf({ name, arms }: Pick<Result, 'name' | 'arms'>): string {
  const hand = arms.find(({ arm }) => arm === 'hand') ?? arms[0];
  if (!hand) return `${name}: nothing was measured`;
  const head = [
    'arm',
    ...budgets.map((budget) => `≤ ${String(budget)}`),
    'area',
    'mean',
    'median',
    'lost',
    'won',
    'distinct fixes',
    'first pass right',
  ];
  const rows = arms.map((on) => cells(rowOf(on, hand)));
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cells(row: Row): string[] {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return [
    row.arm,
    ...row.within.map(percent),
    row.area.toFixed(3),
    row.mean.toFixed(0),
    row.median.toFixed(0),
    row.lost.toFixed(1),
    row.won.toFixed(1),
    String(row.distinct),
    row.firstRight === null ? 'none' : percent(row.firstRight),
  ];
}

function differences({ arms, families }: Result): Difference[] {
  const of = (name: string): ArmOn | undefined => arms.find(({ arm }) => arm === name);
  return compared.flatMap(([one, other]) => {
    const [a, b] = [of(one), of(other)];
    return a && b ? [difference(a, b, families)] : [];
  });
}

function differencesOf(result: Result): string {
  const rows = differences(result).map(({ arm, against, value, interval, p, count }) => [
    `${arm} − ${against}`,
    signed(value),
    `${signed(interval[0])} to ${signed(interval[1])}`,
    p.toFixed(4),
    String(count),
  ]);
  const head = ['difference of areas', 'mean', '95 %', 'p', 'families'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function roundsOf(learned: ReadonlyMap<string, readonly Learned[]>): string {
  const rows = [...learned]
    .filter(([, all]) => (all[0]?.rounds.length ?? 0) > 0)
    .map(([arm, all]) => {
      const last = all[0]?.rounds.length ?? 0;
      const perRound = Array.from({ length: last }, (_, round) => {
        const share = mean(
          all.map(({ rounds }) => (rounds[round]?.solved ?? 0) / (rounds[round]?.tasks ?? 1)),
        );
        return `${(100 * share).toFixed(0)} %`;
      });
      const sum = (of: (facts: Learned['rounds'][number]) => number): string =>
        mean(all.map(({ rounds }) => rounds.reduce((total, one) => total + of(one), 0))).toFixed(0);
      return [
        arm,
        ...perRound,
        sum(({ examples }) => examples),
        sum(({ wrong }) => wrong),
        sum(({ verdicts }) => verdicts),
      ];
    });
  const count = Math.max(0, ...rows.map((row) => row.length - 4));
  const head = [
    'arm',
    ...Array.from({ length: count }, (_, at) => `mended in round ${String(at + 1)}`),
    'decisions',
    'wrong programs admitted',
    'verdicts',
  ];
  return [
    'Shares of the tasks of each round that were mended while learning (the creator chooses harder kinds later, so they need not rise), and over all rounds, means over seeds:',
    '',
    ...[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

const notShown = [
  '## How to read it, and what it does not show',
  '',
  `- A task counts as mended at the first program that passes the **hidden** tests too; the search does not see them and goes on until then or until ${String(mostVerdicts)} verdicts. *Area* is that under the curve over the logarithm of the budget (1: the first candidate is the fix; 0: never). *Mean* and *median* are verdicts to the fix, unmended tasks counted as ${String(mostVerdicts)}. *Lost* and *won*: tasks that \`hand\` mends and the arm does not, and the other way round, mean over seeds. *Distinct fixes*: different programs that mended a task, over all seeds. *First pass right*: of the first programs that passed the visible tests, those that passed the hidden ones.`,
  '- Intervals are over families of tasks, the mean over seeds of each (Student), with the sign-flip test. They tell of other tasks like these, not of other ways to inject or to teach.',
  '- The beginners’ programs and the well-known algorithms with a defect in one line (`bench/data`) were written by hand for this repository after faults that people make, are few, and were looked at when the hand priority was made: it has a home advantage there, and they stand for no population. Task files of your own (`--tasks`) are measured the same way.',
  '- That `unverified` comes out like `learned` says that with several visible tests few wrong programs pass (the rounds tell how many were admitted), and that an order of edits, held back as it is, bears them. It does not say that answers need no verification: of the first programs that pass the visible tests some fail the hidden ones, in every arm.',
  '- Held back so strongly, the policy says little of single operators; most of what it learned is to trust the hand priority more sharply and to put off operators that have many edits in a program. `no replay`, `no creator` and `oracle prior` can hardly differ from `learned` then, and do not.',
  '- Training faults were put in by us. A solver that learns from injected faults learns the inverse of what injects them; that is why the injected set proves nothing about real faults.',
  '- The order of edits within one program is learned. Which program is gone on from, which edits exist, and which of several passing programs is chosen, are not.',
  '- One language was learned from (Python), small functions, one or two faults.',
  '- It was run three times. The first time one L2 (60) held all weights back alike: areas of `learned` and `hand` were 0.550 and 0.492 on injected faults, 0.544 and 0.563 on the beginners’ programs. What is said of one operator alone is held back ten times as strongly since, which ranks right edits earlier where whole kinds of faults are left out of the training (injected faults of training families; the real ones had no say). Then they were 0.552 and 0.492, 0.543 and 0.563. This page is of the same policy on search repair with more operators, and with the one-line defects, which came later. The rule for a success was the same throughout.',
];
