import { badUsage, judgingOptions, listOf, modelOptions, type Command } from '../options';
import { columns, gateText, tasksText } from '../words';
import { gatedColumns } from './tasksList';

export const tasksCheck: Command = {
  name: 'tasks check',
  options: {
    ...judgingOptions,
    ...modelOptions,
    out: { type: 'string' },
    seed: { type: 'string' },
    pool: { type: 'string' },
    'held-out': { type: 'string' },
    'skip-bad': { type: 'boolean' },
    solver: { type: 'string' },
    samples: { type: 'string' },
    model: { type: 'string' },
    'base-url': { type: 'string' },
    'max-tokens-total': { type: 'string' },
    'max-usd': { type: 'string' },
  },
  numbers: { seed: 0, samples: 1, 'max-tokens-total': 1 },
  names: [1, 1],
  records: true,
  async run({ workbench, values, names, progress, signal }) {
    const [tasksFile = ''] = names;
    const heldOut = listOf(values['held-out']);
    const solver = solverOf(values['solver']);
    const text = (name: string): string | undefined =>
      values[name] === undefined ? undefined : String(values[name]);
    const number = (name: string): number | undefined =>
      values[name] === undefined ? undefined : Number(values[name]);
    const asked = { out: text('out'), pool: text('pool'), seed: number('seed'), heldOut };
    const ofSolver = {
      samples: number('samples'),
      model: text('model'),
      baseUrl: text('base-url'),
      maxTokensTotal: number('max-tokens-total'),
      maxUsd: number('max-usd'),
    };
    const given = Object.keys(told(ofSolver));
    if (solver === undefined && given.length > 0) {
      throw badUsage('--samples, --model and budgets are for --solver, which estimates difficulty');
    }
    const result = await workbench.checkTasks(
      {
        tasksFile,
        ...told(asked),
        skipBad: values['skip-bad'] === true,
        ...(solver === undefined ? {} : { difficulty: { solver, ...told(ofSolver) } }),
      },
      ({ done, total, what }) => progress.show(what, done, total),
      signal,
    );
    const { rows, out, rejectedFile, skipped, ...counts } = result;
    const lines = [
      columns([...gatedColumns(rows)]),
      '',
      `${String(counts.tasks)} of ${tasksText(rows.length)} ${counts.tasks === 1 ? 'passes' : 'pass'} the gate`,
      ...gateText(counts),
      out === null
        ? ''
        : `Written: ${out}; rejected, with what every step saw: ${String(rejectedFile)}`,
      skipped > 0 ? `${String(skipped)} bad task lines were skipped` : '',
    ];
    return {
      json: { ...counts, skipped, out, rejectedFile, rows },
      text: lines.filter((line, at) => line !== '' || at === 1).join('\n'),
    };
  },
};

function solverOf(name: string | boolean | undefined): 'search' | 'chat' | undefined {
  if (name === undefined || name === 'search' || name === 'chat') return name;
  throw badUsage(`--solver ${String(name)} is neither search nor chat`);
}

/** Without what was not told. */
function told<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
