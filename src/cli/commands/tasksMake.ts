import { makerNames } from '../../engine/flywheel/workbench';
import { judgingOptions, listOf, type Command } from '../options';
import { gateText } from '../words';

export const tasksMake: Command = {
  name: 'tasks make',
  options: {
    ...judgingOptions,
    from: { type: 'string' },
    out: { type: 'string' },
    maker: { type: 'string' },
    limit: { type: 'string' },
    seed: { type: 'string' },
    pool: { type: 'string' },
    'held-out': { type: 'string' },
  },
  numbers: { limit: 1, seed: 0 },
  required: ['from', 'out'],
  async run({ workbench, values, progress, signal }) {
    const makers = listOf(values['maker']);
    const heldOut = listOf(values['held-out']);
    const result = await workbench.makeTasks(
      {
        from: String(values['from']),
        out: String(values['out']),
        ...(makers === undefined ? {} : { makers }),
        ...(heldOut === undefined ? {} : { heldOut }),
        ...(values['pool'] === undefined ? {} : { pool: String(values['pool']) }),
        ...(values['limit'] === undefined ? {} : { limit: Number(values['limit']) }),
        ...(values['seed'] === undefined ? {} : { seed: Number(values['seed']) }),
      },
      ({ done, total, what }) => progress.show(what, done, total),
      signal,
    );
    const { out, rejectedFile, functions, leftOut, notes, ...counts } = result;
    const text = [
      `${String(result.tasks)} tasks from ${String(functions)} tested functions in ${out}`,
      ...gateText(counts),
      `Rejected tasks, each with what every step saw: ${rejectedFile}`,
      ...leftOut.map(({ language, reason }) => `Left out: ${language} (${reason})`),
      ...notes.map((note) => `Note: ${note}`),
      `Next: npx flywheel solve --tasks ${out} --run first`,
    ];
    return { json: { ...counts, functions, out, rejectedFile }, text: text.join('\n') };
  },
};

export const makerText = makerNames.join('|');
