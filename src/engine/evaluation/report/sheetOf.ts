import type { Evaluation } from '../evaluation';
import type { Comparison } from '../metrics/comparison';
import { budgetSection, comparisonSection, costSection } from './sectionsOfMoney';
import { failureSection, fixedSection, leftOutNotes } from './sectionsOfFailures';
import { closingWords } from './plainWords';
import type { Section, Sheet } from './sheet';
import { counted, numberCell, rateCell, textCell } from './words';

/** Rows of curves that a table shows at most; the last one always. */
const maxRows = 20;

/** The whole report on an evaluation, and on what it was compared with. */
export function sheetOf(
  evaluation: Evaluation,
  comparisons: readonly Comparison[],
  warnings: readonly string[],
): Sheet {
  const sections = [
    passSection(evaluation),
    ...comparisonSection(comparisons),
    ...turnSection(evaluation),
    ...passByTurnSection(evaluation),
    riseSection(evaluation),
    ...budgetSection(evaluation.equalBudget),
    costSection(evaluation),
    ...fixedSection(evaluation),
    ...failureSection(evaluation),
  ];
  return {
    title: `Evaluation of ${evaluation.name}`,
    subtitle: `${counted(evaluation.tasks, 'task')}, ${counted(evaluation.attempts, 'trajectory', 'trajectories')}. Shares of hidden tests, each with its 95 % interval.`,
    warnings: [...warnings, ...leftOutNotes(evaluation)],
    sections,
    closing: closingWords(evaluation, comparisons),
  };
}

function passSection({ passAtK, visible, visibleHolds }: Evaluation): Section {
  const reasons = passAtK.flatMap(({ k, rate }) =>
    rate.reason === undefined ? [] : [`pass@${String(k)} is undefined: ${rate.reason}.`],
  );
  const rows = passAtK.map(({ k, rate }) => [
    textCell(`pass@${String(k)}`),
    rateCell(rate),
    numberCell(rate.tasks),
  ]);
  if (visible)
    rows.push([textCell('passes visible tests'), rateCell(visible), numberCell(visible.tasks)]);
  if (visibleHolds) {
    rows.push([
      textCell('of those, passes hidden tests'),
      rateCell(visibleHolds),
      numberCell(visibleHolds.tasks),
    ]);
  }
  return {
    id: 'pass',
    title: 'Pass rates',
    columns: ['', 'rate', 'tasks'],
    rows,
    ...(reasons.length === 0 ? {} : { notes: reasons }),
  };
}

function turnSection({ turns }: Evaluation): Section[] {
  if (turns.length === 0) return [];
  const shown = thinned(turns);
  return [
    {
      id: 'turns',
      title: 'Turn by turn',
      columns: [
        'turn',
        'programs',
        'realised',
        'oracle stop',
        'fixed',
        'broke',
        'stayed right',
        'stayed wrong',
      ],
      rows: shown.map((row) => [
        { text: String(row.turn), value: row.turn },
        numberCell(row.programs),
        rateCell(row.realised),
        rateCell(row.oracleStop),
        numberCell(row.fixed),
        numberCell(row.broke),
        numberCell(row.stayedRight),
        numberCell(row.stayedWrong),
      ]),
      notes: [
        '"realised": what the stop rule answers with so many turns. "oracle stop": had it known the right turn.',
        '"fixed", "broke": against the program before, on hidden tests.',
      ],
      chart: {
        kind: 'lines',
        label: 'Solved by turn',
        x: 'turn',
        series: [
          {
            name: 'oracle stop',
            points: turns.flatMap((row) => pointOf(row.turn, row.oracleStop)),
          },
          { name: 'realised', points: turns.flatMap((row) => pointOf(row.turn, row.realised)) },
        ],
      },
    },
  ];
}

function passByTurnSection({ passAtKTurn }: Evaluation): Section[] {
  const ks = [...new Set(passAtKTurn.flatMap(({ k, rate }) => (rate.value === null ? [] : [k])))];
  const turns = [...new Set(passAtKTurn.map(({ turn }) => turn))];
  // With one sample pass@(1, turn) is the oracle curve, which stands above.
  if (ks.length < 2 || turns.length < 2) return [];
  return [
    {
      id: 'pass-by-turn',
      title: 'pass@(k, turn)',
      columns: ['turn', ...ks.map((k) => `k = ${String(k)}`)],
      rows: thinned(turns).map((turn) => [
        { text: String(turn), value: turn },
        ...ks.map((k) =>
          rateCell(passAtKTurn.find((one) => one.k === k && one.turn === turn)?.rate ?? null),
        ),
      ]),
      notes: ['A trajectory counts as right where any turn so far is.'],
    },
  ];
}

function riseSection({ rise }: Evaluation): Section {
  const meanings = [
    ['m1@t1', 'one sample, first turn'],
    ['m5@t1', 'majority of five first turns'],
    ['m1@t5', 'majority of the five turns of one trajectory'],
    ['p1@t5', 'any of those five turns'],
  ] as const;
  const reasons = meanings.flatMap(([name]) => {
    const { reason } = rise[name];
    return reason === undefined ? [] : [`${name} is undefined: ${reason}.`];
  });
  if (rise.endedEarly > 0 && rise['m1@t5'].value !== null) {
    const many = counted(rise.endedEarly, 'trajectory', 'trajectories');
    reasons.push(`${many} ended before turn 5 because visible tests passed: fewer turns voted.`);
  }
  return {
    id: 'rise',
    title: 'As RISE measures',
    columns: ['', 'rate', 'what'],
    rows: meanings.map(([name, what]) => [textCell(name), rateCell(rise[name]), textCell(what)]),
    ...(reasons.length === 0 ? {} : { notes: reasons }),
  };
}

function pointOf(
  x: number,
  { value, interval }: { value: number | null; interval: readonly [number, number] | null },
) {
  return value === null ? [] : [{ x, y: value, interval }];
}

/** All rows where they are few, else the first ones, some between and the last. */
function thinned<T>(rows: readonly T[]): T[] {
  if (rows.length <= maxRows) return [...rows];
  const half = maxRows / 2;
  const step = (rows.length - half) / half;
  const places = Array.from(
    { length: half },
    (_, index) => Math.round(half + step * (index + 1)) - 1,
  );
  return [...rows.slice(0, half), ...places.flatMap((place) => rows[place] ?? [])];
}
