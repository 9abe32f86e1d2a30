import type { Command } from '../options';
import { columns } from '../words';
import { howMany } from '../../engine/domain/howMany';

export const datasets: Command = {
  name: 'datasets',
  options: {},
  async run({ workbench }) {
    const all = await workbench.datasets();
    const rows = all.map((dataset) => [
      dataset.folder,
      dataset.version,
      dataset.format,
      howMany(dataset.pairs, 'pair'),
      new Date(dataset.writtenAt).toISOString().slice(0, 16).replace('T', ' '),
      dataset.name,
    ]);
    const text = rows.length > 0 ? columns(rows) : 'No dataset yet. "flywheel export" writes one.';
    return { json: { datasets: all }, text };
  },
};

export const datasetsCompare: Command = {
  name: 'datasets compare',
  options: {},
  names: [2, 2],
  async run({ workbench, names }) {
    const [before = '', after = ''] = names;
    const found = await workbench.compareDatasets({ before, after });
    const [from = '', to = ''] = found.versions;
    const text = [
      `${after} (${to}) against ${before} (${from}): ${howMany(found.added, 'record')} added, ${String(found.removed)} removed, ${String(found.moved)} moved to another split, ${String(found.same)} the same`,
      ...found.families.map((one) => `  ${one.family}: ${one.from} -> ${one.to}`),
      ...(found.families.length > 0
        ? ['A family that moved may be trained on in one version and measured on in the other.']
        : []),
    ];
    return { json: found, text: text.join('\n') };
  },
};
