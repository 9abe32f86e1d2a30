import { makerNames } from '../../engine/flywheel/workbench';
import { judgingOptions, listOf, modelOptions, type Command } from '../options';
import { gateText, tasksText, typedNext } from '../words';
import { howMany } from '../../engine/domain/howMany';

export const tasksMake: Command = {
  name: 'tasks make',
  options: {
    ...judgingOptions,
    ...modelOptions,
    from: { type: 'string' },
    out: { type: 'string' },
    maker: { type: 'string' },
    limit: { type: 'string' },
    seed: { type: 'string' },
    pool: { type: 'string' },
    'held-out': { type: 'string' },
    model: { type: 'string' },
    'base-url': { type: 'string' },
    'max-tokens-total': { type: 'string' },
    'max-usd': { type: 'string' },
    'max-calls': { type: 'string' },
  },
  numbers: { limit: 1, seed: 0, 'max-tokens-total': 1, 'max-calls': 1 },
  required: ['from', 'out'],
  async run({ workbench, values, progress, signal }) {
    const makers = listOf(values['maker']);
    const heldOut = listOf(values['held-out']);
    const number = (name: string, option: string): object =>
      values[option] === undefined ? {} : { [name]: Number(values[option]) };
    const result = await workbench.makeTasks(
      {
        from: String(values['from']),
        out: String(values['out']),
        ...(makers === undefined ? {} : { makers }),
        ...(heldOut === undefined ? {} : { heldOut }),
        ...(values['pool'] === undefined ? {} : { pool: String(values['pool']) }),
        ...(values['limit'] === undefined ? {} : { limit: Number(values['limit']) }),
        ...(values['seed'] === undefined ? {} : { seed: Number(values['seed']) }),
        ...(values['model'] === undefined ? {} : { model: String(values['model']) }),
        ...(values['base-url'] === undefined ? {} : { baseUrl: String(values['base-url']) }),
        ...number('maxTokensTotal', 'max-tokens-total'),
        ...number('maxUsd', 'max-usd'),
        ...number('maxCalls', 'max-calls'),
      },
      ({ done, total, what }) => progress.show(what, done, total),
      signal,
    );
    const { out, rejectedFile, functions, leftOut, notes, ...counts } = result;
    const { stopped, tokens, usd } = result;
    const text = [
      `${tasksText(result.tasks)} from ${howMany(functions, 'tested function')} in ${out}`,
      ...gateText(counts),
      `Rejected tasks, each with what every step saw: ${rejectedFile}`,
      ...(tokens > 0
        ? [`Tokens: ${String(tokens)}; cost: ${usd === null ? 'unknown' : `$${usd.toFixed(4)}`}`]
        : []),
      ...(stopped ? [`Stopped: ${stopped.reason}. The same command again goes on.`] : []),
      ...leftOut.map(({ language, reason }) => `Left out: ${language} (${reason})`),
      ...notes.map((note) => `Note: ${note}`),
      ...(result.tasks === 0
        ? []
        : [`Next: ${typedNext(`solve --tasks ${out} --run first`, values)}`]),
    ];
    const json = { ...counts, functions, out, rejectedFile };
    return { json, text: text.join('\n'), exitCode: stopped?.stop === 'budget' ? 4 : 0 };
  },
};

export const makerText = `${makerNames.slice(0, 4).join(', ')},\n                       ${makerNames.slice(4).join(', ')}`;
