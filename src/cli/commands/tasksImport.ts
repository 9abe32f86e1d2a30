import { importFormats, type ImportFormat } from '../../engine/flywheel/workbench';
import { badUsage, type Command } from '../options';
import { tasksText } from '../words';

export const tasksImport: Command = {
  name: 'tasks import',
  options: {
    format: { type: 'string' },
    out: { type: 'string' },
    'skip-bad': { type: 'boolean' },
  },
  required: ['out'],
  names: [1, 1000],
  async run({ workbench, values, names, progress, signal }) {
    const result = await workbench.importTasks(
      {
        files: names,
        format: formatOf(String(values['format'] ?? 'auto')),
        out: String(values['out']),
        skipBad: values['skip-bad'] === true,
      },
      ({ done, total, what }) => progress.show(what, done, total),
      signal,
    );
    const { tasks, out, byFormat, rejected, leftOut, skipped, notes } = result;
    const counted = (counts: Readonly<Record<string, number>>): string =>
      Object.entries(counts)
        .map(([name, count]) => `${String(count)} ${reasons[name] ?? name}`)
        .join(', ');
    const text = [
      `${tasksText(tasks)} in ${out} (${counted(byFormat)})`,
      Object.keys(rejected).length > 0 ? `Rejected: ${counted(rejected)}` : '',
      Object.keys(leftOut).length > 0 ? `Left out of tasks: ${counted(leftOut)}` : '',
      ...notes.map((note) => `Note: ${note}`),
      skipped > 0 ? `${String(skipped)} bad task lines were skipped` : '',
    ];
    const json = { tasks, byFormat, rejected, leftOut, skipped };
    return { json, text: text.filter(Boolean).join('\n') };
  },
};

function formatOf(name: string): ImportFormat {
  const format = importFormats.find((one) => one === name);
  if (format !== undefined) return format;
  throw badUsage(`--format ${name} is none of ${importFormats.join(', ')}`);
}

const reasons: Readonly<Record<string, string>> = {
  otherLanguage: 'in a language that is not read',
  noCheck: 'whose test defines no check(candidate)',
  noTests: 'with no test that can be read',
  sweBench: 'of SWE-bench, which has no image of its own',
  fewTests: 'functions with fewer than two tests',
  needsOtherFiles: 'functions that need other files or packages',
  needsOtherNames: 'functions tested together with other names',
  pickledTests: 'with private tests in a Python pickle, which would run what it says when read',
  plusScript: 'with a script of more tests that needs numpy',
};
