import { UserError } from '../../engine/domain/errors';
import { judgingOptions, type Command } from '../options';
import { rejectedText } from '../words';

export const tasksMake: Command = {
  name: 'tasks make',
  options: {
    ...judgingOptions,
    from: { type: 'string' },
    out: { type: 'string' },
    maker: { type: 'string' },
    limit: { type: 'string' },
    seed: { type: 'string' },
  },
  numbers: { limit: 1, seed: 0 },
  required: ['from', 'out'],
  async run({ workbench, values, progress, signal }) {
    const maker = values['maker'] ?? 'fault-injection';
    if (maker !== 'fault-injection') {
      throw new UserError({
        code: 'badUsage',
        message: `--maker ${String(maker)}: this version has the maker fault-injection`,
      });
    }
    const result = await workbench.makeTasks(
      {
        from: String(values['from']),
        out: String(values['out']),
        ...(values['limit'] === undefined ? {} : { limit: Number(values['limit']) }),
        ...(values['seed'] === undefined ? {} : { seed: Number(values['seed']) }),
      },
      ({ done, total, what }) => progress.show(what, done, total),
      signal,
    );
    const text = [
      `${String(result.tasks)} tasks from ${String(result.functions)} tested functions in ${result.out}`,
      `Rejected: ${rejectedText(result.rejected)}`,
      ...result.leftOut.map(({ language, reason }) => `Left out: ${language} (${reason})`),
      ...result.notes.map((note) => `Note: ${note}`),
      `Next: npx flywheel solve --tasks ${result.out} --run first`,
    ];
    const json = {
      tasks: result.tasks,
      rejected: result.rejected,
      byMaker: { 'fault-injection': result.tasks },
    };
    return { json, text: text.join('\n') };
  },
};
