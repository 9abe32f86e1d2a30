import type { Evaluation } from '../evaluation';
import type { Comparison } from '../metrics/comparison';
import type { EqualBudget } from '../metrics/equalBudget';
import { budgetWords, comparisonWords } from './plainWords';
import type { Cell, Section } from './sheet';
import {
  differenceCell,
  dollars,
  duration,
  numberCell,
  pText,
  quantity,
  rateCell,
  textCell,
} from './words';
import { howMany } from '../../domain/howMany';

/** Repair beside plain resampling, wherever both were measured. */
export function budgetSection(budget: EqualBudget | null): Section[] {
  if (!budget || budget.points.length < 2) return [];
  const { points, resampling, unit } = budget;
  const cellOf = (turn: EqualBudget['points'][number]): Cell[] => [
    { text: String(turn.turn), value: turn.turn },
    numberCell(turn.budget),
    rateCell(turn.repair),
    turn.resampling ? rateCell(turn.resampling) : { text: 'not measured', value: null },
    differenceCell(turn.difference, turn.interval),
  ];
  return [
    {
      id: 'equal-budget',
      title: 'Repair against plain resampling, at equal budget',
      columns: ['turns', `${unit} a task`, 'repair', 'resampling', 'difference (points)'],
      rows: points.map(cellOf),
      notes: [
        budgetWords(budget),
        'Resampling draws first programs until one passes visible tests, answers with the best on them, and may spend as much on average.',
      ].filter(Boolean),
      chart: {
        kind: 'lines',
        label: 'Solved by budget',
        x: `${unit} a task`,
        series: [
          {
            name: 'repair',
            points: points.flatMap(({ budget: x, repair: { value, interval } }) =>
              value === null ? [] : [{ x, y: value, interval }],
            ),
          },
          {
            name: 'resampling',
            points: resampling.flatMap(({ budget: x, rate: { value } }) =>
              value === null ? [] : [{ x, y: value }],
            ),
          },
        ],
      },
    },
  ];
}

export function costSection({ cost }: Evaluation): Section {
  const { total, perSolvedTask, perTask, solvedTasks } = cost;
  const rows = [
    { name: 'tokens', unit: 'tokens', format: (value: number) => quantity(value) },
    { name: 'money', unit: 'usd', format: (value: number) => dollars(value) },
    { name: 'time', unit: 'ms', format: (value: number) => duration(value) },
    { name: 'programs judged', unit: 'verdicts', format: (value: number) => quantity(value) },
  ] as const;
  return {
    id: 'cost',
    title: 'What it took',
    columns: ['', 'in all', 'a solved task', 'a task'],
    rows: rows.map(({ name, unit, format }) => {
      const told = (value: number | null | undefined): Cell =>
        value === null || value === undefined
          ? { text: 'unknown', value: null }
          : { text: format(value), value };
      const mean = perTask[unit];
      const range =
        mean?.interval && mean.value > 0 ? `  [${mean.interval.map(format).join(' – ')}]` : '';
      return [
        textCell(name),
        told(total[unit]),
        perSolvedTask ? told(perSolvedTask[unit]) : { text: 'undefined', value: null },
        mean
          ? { text: `${format(mean.value)}${range}`, value: mean.value, interval: mean.interval }
          : told(null),
      ];
    }),
    notes: [
      solvedTasks === 0
        ? '"a solved task" is undefined: none was solved.'
        : '"a solved task": all that was spent, the failures included, over the tasks of which any answer is right.',
    ],
  };
}

/** Effect first, then its interval, then the test. */
export function comparisonSection(comparisons: readonly Comparison[]): Section[] {
  if (comparisons.length === 0) return [];
  const corrected = comparisons.length > 1 ? ', corrected by Holm for their number' : '';
  return [
    {
      id: 'comparison',
      title: 'Compared on the same tasks',
      columns: [
        '',
        'tasks',
        'this',
        'other',
        'difference (points)',
        'up',
        'down',
        'test',
        'would find',
      ],
      rows: comparisons.map((one) => {
        const { paired } = one;
        const p = one.correctedP ?? paired?.p ?? null;
        return [
          textCell(one.second),
          numberCell(paired?.tasks ?? 0),
          rateCell(one.firstRate),
          rateCell(one.secondRate),
          differenceCell(paired?.difference ?? null, paired?.interval ?? null),
          numberCell(paired?.up ?? 0),
          numberCell(paired?.down ?? 0),
          { text: paired && p !== null ? `${paired.test}, ${pText(p)}` : '–', value: p },
          {
            text:
              paired?.detectable == null
                ? 'nothing'
                : `${(100 * paired.detectable).toFixed(1)} points`,
            value: paired?.detectable ?? null,
          },
        ];
      }),
      notes: [
        ...comparisons.map(comparisonWords),
        `"would find": the true difference that such tasks show four times out of five. p is two-sided${corrected}.`,
        ...comparisons.flatMap(movedNotes),
      ],
      chart: {
        kind: 'intervals',
        label: 'Difference to this one, in points',
        rows: comparisons.flatMap(({ second, paired }) =>
          paired ? [{ name: second, value: paired.difference, interval: paired.interval }] : [],
        ),
      },
    },
  ];
}

function movedNotes({ second, movedUp, movedDown, onlyFirst, onlySecond }: Comparison): string[] {
  const named = (what: string, names: readonly string[]): string[] =>
    names.length > 0 ? [`${what} in ${second}: ${names.join(', ')}.`] : [];
  const alone = onlyFirst + onlySecond;
  return [
    ...named('Up', movedUp),
    ...named('Down', movedDown),
    ...(alone > 0
      ? [
          `${howMany(alone, 'task was', { many: 'tasks were' })} judged in one of the two only and ${alone === 1 ? 'counts' : 'count'} nowhere.`,
        ]
      : []),
  ];
}
