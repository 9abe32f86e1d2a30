import type { Command } from '../options';
import { columns, endedText, passText } from '../words';

export const runs: Command = {
  name: 'runs',
  options: {},
  run({ workbench }) {
    const all = workbench.runs();
    const rows = all.map((run) => [
      run.id,
      run.state,
      endedText(run),
      `${String(run.solvedVisible.count)} solved`,
      passText(run.passedHidden.count),
      new Date(run.startedAt).toISOString().slice(0, 16).replace('T', ' '),
      run.title,
    ]);
    const text =
      rows.length > 0 ? columns(rows) : 'No run yet. "npx flywheel demo" makes the first.';
    return Promise.resolve({ json: { runs: all }, text });
  },
};
