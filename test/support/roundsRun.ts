import type { Lesson, Measured, MovedTask, RoundComparison } from '../../src/engine/domain/rounds';
import { stepKey } from '../../src/engine/flywheel/round/context';
import { goalsOf } from '../../src/engine/flywheel/round/goals';
import type { Journal } from '../../src/engine/journal/journal';
import { aTask } from './builders';

/** What a run of rounds leaves in a journal: one kept, one rolled back, one in the middle. */
export async function writeRoundsRun(journal: Journal, id: string, goalFile: string) {
  const {
    budget: _,
    autonomy: _autonomy,
    ...goals
  } = goalsOf(
    { format: 'flywheel-goals-1', name: 'textkit repairs', tasks: '/code', language: 'python' },
    goalFile,
  );
  const run = journal.drive({
    ...{ id, kind: 'rounds', title: goals.name, solver: 'search-repair', settings: goals },
  });
  const tasks = ['wrap_text', 'merge_ranges', 'parse_duration', 'slugify', 'split_bill'].map(
    (name) => aTask({ id: `textkit/${name}`, entryPoint: name }),
  );
  for (const part of [
    'measure/g0',
    'measure/g1',
    'measure/g2',
    '1/choose',
    '1/solve',
    '2/choose',
  ]) {
    const driving = journal.drive({
      ...{ id: `${id}/${part}`, kind: 'roundPart', title: `${goals.name}, ${part}` },
      ...{ solver: 'search-repair', settings: {} },
    });
    driving.setTasks(tasks);
    driving.release('finished');
  }
  const move = (place: number, before: number, after: number): MovedTask => {
    const { hash = '', id: name = '' } = tasks[place] ?? {};
    return { task: hash, id: name, before, after, isForgotten: before > 0 && after === 0 };
  };
  const measured = (generation: number, rate: number, interval: [number, number]): Measured => ({
    ...{ generation, run: `${id}/measure/g${String(generation)}`, tasks: 24, rate, interval },
    ...{ faults: generation === 2 ? 1 : 0, candidatesToFix: 61.4 - 12 * generation },
  });
  const [g0, g1, g2] = [
    measured(0, 0.417, [0.22, 0.63]),
    measured(1, 0.625, [0.41, 0.81]),
    measured(2, 0.542, [0.33, 0.74]),
  ];
  const compared = (parts: Partial<RoundComparison>): Partial<RoundComparison> => ({
    ...{ p: 0.031, detectable: 0.24, isHopeless: false, isKept: true, reason: 'better' },
    weakest: [
      { language: 'python', concept: 'textkit/intervals', fault: 'compare', tasks: 6, rate: 0.17 },
      { language: 'python', concept: 'textkit/money', fault: 'several', tasks: 4, rate: 0.5 },
    ],
    ...parts,
  });
  const lessons: readonly Lesson[] = [
    lesson('l1', 'Check the empty case before you index into a list.', { wins: 9, losses: 2 }),
    lesson('l2', 'Half-open ranges end before their last number: do not add one to it.', {
      ...{ wins: 4, losses: 1, round: 2 },
    }),
    lesson('l3', 'Sort before you merge.', { wins: 1, losses: 5, state: 'retired' }),
  ];
  const generation = { number: 1, policy: null, endpoint: null, lessons };
  const keep = (round: number, name: string, value: unknown): Promise<unknown> =>
    run.once(stepKey(round, name), {}, () => Promise.resolve(value));
  const weighed = tasks.map(({ hash, id: name }, place) => ({
    ...{ task: hash, id: name, rewards: [1, 0], information: place / 4, isChosen: place > 2 },
  }));
  run.note({ goals: { file: goalFile, rounds: 4 }, round: { number: 3, step: 'choose' } });
  await keep(1, 'measure', { measured: g0, tallies: [] });
  await keep(1, 'confirm/update', { confirmed: true });
  await keep(1, 'choose', { weighed, isUniform: false });
  await keep(1, 'evolve', {
    ...{ made: tasks, rejected: { duplicate: 2, weakTests: 1 }, old: 8, new: 5, pool: [] },
    warnings: ['fewTasks'],
  });
  await keep(1, 'solve', { run: `${id}/1/solve`, tasks: 5, solved: 3 });
  await keep(1, 'update', { generation, pairs: 17, replayed: 0, refused: { notSolved: 4 } });
  const moved = [move(0, 0.5, 0), move(1, 0, 1), move(2, 0, 0.5), move(3, 0.25, 0.75)];
  await keep(1, 'compare', {
    ...compared({ before: g0, after: g1, outcome: 'better', moved }),
    ...{ difference: 0.208, interval: [0.021, 0.392] },
  });
  await keep(2, 'measure', { measured: g1, tallies: [] });
  await keep(2, 'choose', { weighed, isUniform: true });
  await keep(2, 'evolve', {
    ...{
      made: [],
      rejected: {},
      old: 10,
      new: 3,
      pool: [],
      warnings: ['saturated', 'lessDiverse'],
    },
  });
  await keep(2, 'solve', { run: `${id}/2/solve`, tasks: 3, solved: 3 });
  await keep(2, 'update', { generation, pairs: 11, replayed: 6, refused: {} });
  await keep(2, 'compare', {
    ...compared({ before: g1, after: g2, outcome: 'cannotTell', moved: [move(4, 1, 0)] }),
    ...{ difference: -0.083, interval: [-0.221, 0.055], p: 0.5, isKept: false },
    reason: 'cannotTellLower',
  });
  await keep(3, 'measure', { measured: g1, tallies: [] });
  return { run, tasks };
}

function lesson(id: string, text: string, more: Partial<Lesson>): Lesson {
  return {
    ...{ id, text, language: 'python', about: text, round: 1, from: 'task', wins: 0, losses: 0 },
    state: 'active',
    ...more,
  };
}
