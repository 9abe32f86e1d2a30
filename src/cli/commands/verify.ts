import { given, numberOf, textOf } from '../given';
import { isolationText } from '../words';
import { judgingOptions, type Command } from '../options';
import { howMany } from '../../engine/domain/howMany';

export const verify: Command = {
  name: 'verify',
  options: {
    ...judgingOptions,
    tasks: { type: 'string' },
    samples: { type: 'string' },
    out: { type: 'string' },
    'timeout-ms': { type: 'string' },
    'skip-bad': { type: 'boolean' },
  },
  numbers: { 'timeout-ms': 10 },
  required: ['tasks', 'samples'],
  async run({ workbench, values, progress, signal }) {
    const result = await workbench.verify(
      {
        tasksFile: String(values['tasks']),
        samplesFile: String(values['samples']),
        skipBad: values['skip-bad'] === true,
        ...given({ out: textOf(values, 'out'), timeoutMs: numberOf(values, 'timeout-ms') }),
      },
      ({ done, total, what }) => progress.show(what, done, total),
      signal,
    );
    const { out, skipped, reasons, ...rest } = result;
    const json = skipped > 0 ? { ...rest, skipped } : rest;
    const rates = Object.entries(result.passAtK).map(
      ([k, rate]) => `pass@${k} ${(100 * rate).toFixed(1)} %`,
    );
    const statuses = Object.entries(result.byStatus).map(
      ([status, count]) => `${status} ${String(count)}`,
    );
    const text = [
      `${String(result.passed)} of ${howMany(result.verified, 'sample')} pass (${statuses.join(', ')})`,
      isolationText(result.byIsolation),
      rates.join(', '),
      `${result.seconds.toFixed(1)} s, ${result.perSecond.toFixed(0)} per second, ${howMany(result.workers, 'worker')}, ${result.sandbox}`,
      ...reasons.map((reason) => `Could not be judged: ${reason}`),
      `Results: ${out}`,
      ...(skipped > 0 ? [`${String(skipped)} bad task lines were skipped`] : []),
    ].filter(Boolean);
    return { json, text: text.join('\n') };
  },
};
