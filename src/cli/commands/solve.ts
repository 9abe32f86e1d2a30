import { UserError } from '../../engine/domain/errors';
import type { Command, Values } from '../options';
import { showRun } from './demo';

export const solve: Command = {
  name: 'solve',
  options: {
    tasks: { type: 'string' },
    run: { type: 'string' },
    solver: { type: 'string' },
    turns: { type: 'string' },
    'max-candidates': { type: 'string' },
    concurrency: { type: 'string' },
    seed: { type: 'string' },
  },
  records: true,
  numbers: { turns: 1, 'max-candidates': 1, concurrency: 1, seed: 0 },
  required: ['tasks', 'run'],
  async run({ workbench, values, progress, signal }) {
    const solver = values['solver'];
    if (solver !== undefined && solver !== 'search') {
      throw new UserError({
        code: 'badUsage',
        message: `--solver ${String(solver)}: this version has the solver search`,
      });
    }
    const result = await workbench.solve(
      {
        run: String(values['run']),
        tasksFile: String(values['tasks']),
        ...number(values, 'turns', 'turns'),
        ...number(values, 'max-candidates', 'maxCandidates'),
        ...number(values, 'concurrency', 'concurrency'),
        ...number(values, 'seed', 'seed'),
      },
      (run) => showRun(progress, run),
      signal,
    );
    const stops = Object.entries(result.byStop).map(([stop, count]) => `${stop} ${String(count)}`);
    const visible =
      result.solvedVisible === null ? 'no visible tests' : `${String(result.solvedVisible)} solved`;
    const text = [
      `${String(result.tasks)} tasks, ${visible}, ${String(result.passedHidden)} pass hidden tests`,
      `${String(result.candidates)} candidates, ${result.seconds.toFixed(1)} s; stopped: ${stops.join(', ')}`,
      `Next: npx flywheel show ${result.run}, npx flywheel export --run ${result.run} --out DIR`,
    ];
    return { json: result, text: text.join('\n') };
  },
};

function number<K extends string>(
  values: Values,
  option: string,
  key: K,
): Partial<Record<K, number>> {
  const value = values[option];
  return value === undefined ? {} : ({ [key]: Number(value) } as Record<K, number>);
}
