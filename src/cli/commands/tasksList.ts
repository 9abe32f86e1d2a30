import type { GatedTask } from '../../engine/flywheel/workbench';
import { badUsage, type Command } from '../options';
import { columns, reasonText, typedNext } from '../words';

const states = ['admitted', 'trainingOnly', 'rejected'] as const;

export const tasksList: Command = {
  name: 'tasks list',
  options: { state: { type: 'string' } },
  names: [0, 1],
  run({ workbench, values, names }) {
    const state = stateOf(values['state']);
    const [named] = names;
    const all = workbench.gatedTasks();
    const rows = all.filter(
      (row) =>
        (state === undefined || row.state === state) && (named === undefined || row.id === named),
    );
    if (named !== undefined && rows.length === 0)
      throw badUsage(`the journal has no task ${named}`);
    const text =
      named === undefined
        ? rows.length === 0
          ? `No task has gone through the gate yet. Next: ${typedNext('tasks check FILE', values)}`
          : columns([...gatedColumns(rows)])
        : rows.map(stepsText).join('\n\n');
    return Promise.resolve({ json: { tasks: rows.length, rows }, text });
  },
};

/** One row a task: state, mutation score, difficulty, maker, and why it was rejected. */
export function gatedColumns(rows: readonly GatedTask[]): string[][] {
  const head = ['task', 'state', 'mutants', 'difficulty', 'maker', 'why'];
  return [
    head,
    ...rows.map((row) => [
      row.id,
      row.state === 'trainingOnly' ? 'training only' : row.state,
      row.mutationScore === null ? '-' : `${(100 * row.mutationScore).toFixed(0)} %`,
      row.difficulty === null
        ? '-'
        : `${String(row.difficulty.solved)} of ${String(row.difficulty.samples)} solved`,
      row.maker,
      row.reason === undefined ? '' : reasonText(row.reason),
    ]),
  ];
}

/** What each step of the gate saw of one task, and the mutants that its tests do not notice. */
function stepsText(row: GatedTask): string {
  const mark = { passed: 'ok  ', failed: 'FAIL', skipped: '-   ' };
  return [
    `${row.id}  ${row.state}  (${row.from})`,
    ...row.steps.map(({ step, outcome, saw }) => `  ${mark[outcome]} ${step.padEnd(13)} ${saw}`),
    ...row.survivors.map(({ line, note, told }) => {
      const how = told ? `; ${told.call} gives ${told.actual}, not ${told.expected}` : '';
      return `       not noticed on line ${String(line)}: ${note}${how}`;
    }),
  ].join('\n');
}

function stateOf(state: string | boolean | undefined): GatedTask['state'] | undefined {
  if (state === undefined) return undefined;
  const known = states.find((one) => one === state);
  if (known !== undefined) return known;
  throw badUsage(`--state ${String(state)} is none of ${states.join(', ')}`);
}
