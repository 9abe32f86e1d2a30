import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { messageOf, UserError } from '../../engine/domain/errors';
import { reportFormats } from '../../engine/flywheel/workbench';
import type { EvaluateRequest, EvaluationSource } from '../../engine/flywheel/workbench';
import { given, numberOf, textOf, wordOf } from '../given';
import { badUsage, judgingOptions, type Command, type Values } from '../options';

const formats = [...reportFormats, 'json'] as const;
const mostK = 1000;

export const evaluate: Command = {
  name: 'evaluate',
  options: {
    ...judgingOptions,
    run: { type: 'string' },
    results: { type: 'string' },
    trajectories: { type: 'string' },
    tasks: { type: 'string' },
    compare: { type: 'string' },
    baseline: { type: 'string' },
    k: { type: 'string' },
    seed: { type: 'string' },
    freeze: { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string' },
  },
  numbers: { seed: 0 },
  async run({ workbench, values, progress, signal }) {
    const format = wordOf(values, 'format', formats) ?? 'text';
    const isJson = format === 'json' || values['json'] === true;
    const result = await workbench.evaluate(
      { ...requestOf(values), ...(format === 'json' ? {} : { format }) },
      ({ done, total, what }) => progress.show(what, done, total),
      signal,
    );
    const { report, ...json } = result;
    const out = values['out'];
    if (out === undefined) return { json, text: isJson ? JSON.stringify(json) : report.trimEnd() };
    const text = format === 'json' ? `${JSON.stringify(json, null, 2)}\n` : endedByLine(report);
    await write(String(out), text);
    return { json, text: `${result.closing}\nThe report is ${String(out)}` };
  },
};

function requestOf(values: Values): EvaluateRequest {
  return given({
    run: textOf(values, 'run'),
    resultsFile: textOf(values, 'results'),
    trajectoriesFile: textOf(values, 'trajectories'),
    tasksFile: textOf(values, 'tasks'),
    baseline: textOf(values, 'baseline'),
    freeze: textOf(values, 'freeze'),
    k: textOf(values, 'k')?.split(',').map(kOf),
    seed: numberOf(values, 'seed'),
    compare: textOf(values, 'compare')
      ?.split(',')
      .map((name) => sourceOf(name, textOf(values, 'tasks'))),
  });
}

/** A name is a run; one that is a file on disk is results, or trajectories for the tasks named. */
function sourceOf(name: string, tasksFile: string | undefined): EvaluationSource {
  const trimmed = name.trim();
  if (trimmed === '') throw badUsage('--compare takes runs or files, separated by commas');
  const isFile = /\.jsonl(\.gz)?$/.test(trimmed) && existsSync(trimmed);
  return isFile ? given({ resultsFile: trimmed, tasksFile }) : { run: trimmed };
}

function kOf(text: string): number {
  const k = Number(text.trim());
  if (Number.isInteger(k) && k >= 1 && k <= mostK) return k;
  throw badUsage(`--k takes whole numbers from 1 to ${String(mostK)}, such as 1,5,10, not ${text}`);
}

function endedByLine(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UserError({
      code: 'cannotWrite',
      message: `${file} could not be written: ${messageOf(error)}`,
      mend: 'Choose another place with --out.',
      cause: error,
    });
  }
}
