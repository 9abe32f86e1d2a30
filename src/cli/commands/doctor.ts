import type { SandboxReport } from '../../engine/domain/ports';
import type { Command } from '../options';
import { columns } from '../words';

export const doctor: Command = {
  name: 'doctor',
  options: {},
  async run({ workbench, signal }) {
    const report = await workbench.doctor(signal);
    const text = [
      `Code Flywheel ${report.version}, Node ${report.node}, ${report.platform}`,
      `Journal: ${report.journal.file} (${report.journal.state})`,
      ...report.sandboxes.flatMap((sandbox) => ['', ...sandboxLines(sandbox)]),
    ].join('\n');
    return { json: report, text };
  },
};

function sandboxLines(sandbox: SandboxReport): string[] {
  const head = `${sandbox.name} for ${sandbox.languages.join(' and ')}`;
  if (!sandbox.usable) {
    return [`${head}: not usable`, `  ${sandbox.problem ?? ''}`, `  ${sandbox.mend ?? ''}`];
  }
  const layers = sandbox.layers.map(({ name, state, stops }) => [`  ${state}`, name, stops]);
  return [`${head}: usable (${sandbox.detail ?? ''})`, columns(layers)];
}
