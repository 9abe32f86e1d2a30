import { UserError } from '../../engine/domain/errors';
import type { Command } from '../options';

export const exportCommand: Command = {
  name: 'export',
  options: { run: { type: 'string' }, out: { type: 'string' }, format: { type: 'string' } },
  required: ['run', 'out'],
  async run({ workbench, values, progress, signal }) {
    const format = values['format'] ?? 'trl';
    if (format !== 'trl') {
      throw new UserError({
        code: 'badUsage',
        message: `--format ${String(format)}: this version writes the format trl`,
      });
    }
    const run = String(values['run']);
    workbench.run(run);
    const result = await workbench.exportDataset(
      { run, out: String(values['out']) },
      ({ done, total, what }) => progress.show(what, done, total),
      signal,
    );
    const dropped = Object.entries(result.dropped).map(
      ([reason, count]) => `${reason} ${String(count)}`,
    );
    const text = [
      `${String(result.pairs)} verified pairs in ${result.out}`,
      `Left out: ${dropped.join(', ') || 'none'}`,
      `The data card is ${result.out}/README.md`,
    ];
    return { json: result, text: text.join('\n') };
  },
};
