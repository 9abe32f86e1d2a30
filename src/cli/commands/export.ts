import { UserError } from '../../engine/domain/errors';
import { exportIsolations, type ExportIsolation } from '../../engine/domain/verdict';
import { exportChoices } from '../../engine/flywheel/exportChoices';
import type { ExportRequest } from '../../engine/flywheel/workbench';
import { given, numberOf, textOf } from '../given';
import { badUsage, judgingOptions, type Command, type Values } from '../options';
import { columns, isolationText } from '../words';
import { howMany } from '../../engine/domain/howMany';

const maxRuns = 1000;

export const exportCommand: Command = {
  name: 'export',
  options: {
    ...judgingOptions,
    run: { type: 'string' },
    out: { type: 'string' },
    format: { type: 'string' },
    isolation: { type: 'string' },
    'list-formats': { type: 'boolean' },
    'held-out': { type: 'string' },
    parent: { type: 'string' },
    'row-kinds': { type: 'string' },
    'per-task': { type: 'string' },
    seed: { type: 'string' },
    similarity: { type: 'string' },
    difficulty: { type: 'string' },
    licences: { type: 'string' },
    sources: { type: 'string' },
    replay: { type: 'string' },
    'rise-criterion': { type: 'string' },
    'editor-models': { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  },
  numbers: { 'per-task': 1, seed: 0 },
  // Runs after the first: --run A B C.
  names: [0, maxRuns],
  async run({ workbench, values, names, progress, signal }) {
    if (values['list-formats'] === true) {
      const { formats } = exportChoices;
      return {
        json: { formats, rowKinds: exportChoices.rowKinds },
        text: columns(formats.map(({ name, about }) => [name, about])),
      };
    }
    const request = requestOf(values, names);
    for (const run of request.runs) workbench.run(run);
    const result = await workbench.exportDataset(
      request,
      ({ done, total, what }) => progress.show(what, done, total),
      signal,
      ...(values['dry-run'] === true ? [() => Promise.resolve(false)] : []),
    );
    const split = Object.entries(result.bySplit).map(([name, count]) => `${name} ${String(count)}`);
    const dropped = Object.entries(result.dropped).map(
      ([reason, count]) => `${reason} ${String(count)}`,
    );
    const takesAnswers = exportChoices.formats.some(
      ({ name, answers }) => name === result.format && answers,
    );
    const what = takesAnswers
      ? `${howMany(result.records, 'trajectory', { many: 'trajectories' })}, answers as they are,`
      : `${String(result.pairs)} verified pairs`;
    const where = `${result.written ? '' : 'would stand '}in ${result.out}`;
    const text = [
      takesAnswers
        ? `${what} ${where}`
        : `${what} ${where} (${split.join(', ')}), version ${result.version}`,
      ...(result.pairs > 0 ? [isolationText(result.byIsolation)] : []),
      ...(takesAnswers ? [] : [`Left out: ${dropped.join(', ') || 'none'}`]),
      ...Object.entries(result.tokens).map(
        ([shape, { rows, p95, over }]) =>
          `${shape}: ${howMany(rows, 'row')}, 95 % within ${howMany(p95, 'token')}, ${String(over['1024'] ?? 0)} over 1024`,
      ),
      ...(result.comparison
        ? [
            `Since the parent: ${String(result.comparison.added)} added, ${String(result.comparison.removed)} removed, ${String(result.comparison.moved)} moved`,
          ]
        : []),
      result.written ? `The data card is ${result.out}/README.md` : 'Nothing was written.',
    ];
    return { json: result, text: text.join('\n') };
  },
};

function requestOf(values: Values, names: readonly string[]): ExportRequest {
  const [run, out] = [values['run'], values['out']];
  if (typeof run !== 'string') throw badUsage('export needs --run');
  if (typeof out !== 'string') throw badUsage('export needs --out');
  const isolation = isolationOf(values['isolation']);
  const told = {
    heldOut: list(values['held-out']),
    licences: list(values['licences']),
    sources: list(values['sources']),
    rowKinds: kindsOf(list(values['row-kinds'])),
    perTask: numberOf(values, 'per-task'),
    seed: numberOf(values, 'seed'),
    similarity: numberOf(values, 'similarity'),
    replay: numberOf(values, 'replay'),
    difficulty: difficultyOf(values['difficulty']),
    parent: textOf(values, 'parent'),
    format: textOf(values, 'format'),
    riseCriterion: criterionOf(values['rise-criterion']),
    isolation,
  };
  return {
    ...{ runs: [run, ...names], out },
    ...given(told),
    ...(values['editor-models'] === true ? { editorModels: true } : {}),
  };
}

function list(value: string | boolean | undefined): string[] | undefined {
  return typeof value === 'string' ? value.split(',').map((name) => name.trim()) : undefined;
}

function difficultyOf(value: string | boolean | undefined): [number, number] | undefined {
  if (value === undefined) return undefined;
  const [least = NaN, most = NaN] = String(value).split('-').map(Number);
  if (least >= 0 && most <= 1 && least <= most) return [least, most];
  throw badUsage(`--difficulty takes two shares such as 0.1-0.9, not ${String(value)}`);
}

function kindsOf(names: readonly string[] | undefined) {
  return names?.map((name) => {
    const known = exportChoices.rowKinds.find((kind) => kind === name);
    if (known) return known;
    throw badUsage(`--row-kinds ${name}: there are ${exportChoices.rowKinds.join(', ')}`);
  });
}

function criterionOf(asked: string | boolean | undefined) {
  const known = exportChoices.riseCriteria.find((name) => name === asked);
  if (asked === undefined || known !== undefined) return known;
  throw badUsage(`--rise-criterion is one of ${exportChoices.riseCriteria.join(', ')}`);
}

function isolationOf(asked: string | boolean | undefined): ExportIsolation | undefined {
  const known = exportIsolations.find((name) => name === asked);
  if (asked === undefined || known !== undefined) return known;
  throw new UserError({
    code: 'badUsage',
    message: `--isolation ${String(asked)}: it is ${exportIsolations.join(' or ')}`,
  });
}
