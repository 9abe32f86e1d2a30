import type { MissedFunction, MissedResult } from '../../engine/flywheel/workbench';
import { judgingOptions, type Command } from '../options';
import type { CommandContext } from '../main';
import { howMany } from '../../engine/domain/howMany';

const options = { ...judgingOptions, seed: { type: 'string' } } as const;

export const testsMiss: Command = {
  name: 'tests miss',
  options,
  numbers: { seed: 0 },
  names: [1, 2],
  async run(context) {
    const result = await missed(context, {});
    const { functions, leftOut } = result;
    return { json: { functions, leftOut }, text: resultText(result) };
  },
};

export const testsStrengthen: Command = {
  name: 'tests strengthen',
  options: { ...options, write: { type: 'boolean' } },
  numbers: { seed: 0 },
  names: [1, 2],
  async run(context) {
    const write = context.values['write'] === true;
    const result = await missed(context, { propose: true, write });
    const { functions, leftOut, proposals } = result;
    const added = proposals.map(({ file, before, after }) => {
      const place = write ? `Written to ${file}` : `For ${file} (--write adds them)`;
      return `${place}:\n${addedText(before, after)}`;
    });
    const text = [resultText(result), ...added].join('\n\n');
    return { json: { functions, leftOut, proposals, written: write }, text };
  },
};

function missed(
  { workbench, values, names, progress, signal }: CommandContext,
  how: { readonly propose?: boolean; readonly write?: boolean },
): Promise<MissedResult> {
  const [file = '', name] = names;
  const seed = values['seed'] === undefined ? {} : { seed: Number(values['seed']) };
  return workbench.missedTests(
    { file, ...(name === undefined ? {} : { name }), ...seed, ...how },
    ({ done, total, what }) => progress.show(what, done, total),
    signal,
  );
}

function resultText({ functions, leftOut }: MissedResult): string {
  return [
    ...functions.map(functionText),
    ...leftOut.map(({ name, reason }) => `${name}: left out (${reasons[reason] ?? reason})`),
  ].join('\n');
}

function functionText(of: MissedFunction): string {
  const { name, file, mutants, killed, likelyEquivalent, missed: left, newTests } = of;
  const equal =
    likelyEquivalent > 0 ? `, ${String(likelyEquivalent)} more likely change nothing` : '';
  const noticed = left.filter(({ noticedBy }) => noticedBy !== undefined).length;
  const added =
    newTests > 0 ? `; ${String(newTests)} new tests notice ${String(noticed)} more` : '';
  return [
    `${name}: its tests notice ${String(killed)} of ${howMany(mutants, 'change')}${equal}${added}`,
    ...left.map(({ line, note, told, noticedBy }) => {
      const how = told ? `; ${told.call} would give ${told.actual}, not ${told.expected}` : '';
      const by = noticedBy === undefined ? '' : ` [new test ${String(noticedBy + 1)}]`;
      return `  ${file}:${String(line)}: ${note}${how}${by}`;
    }),
  ].join('\n');
}

/** The stretch that stands in `after` alone. */
function addedText(before: string, after: string): string {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let tail = 0;
  const most = before.length - start;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return after
    .slice(start, after.length - tail)
    .replace(/^\n+/, '')
    .trimEnd();
}

const reasons: Readonly<Record<string, string>> = {
  fewTests: 'no test that can be read calls it',
  needsOtherFiles: 'it needs other files or packages',
  needsOtherNames: 'its tests also need names that are not functions of its module',
};
