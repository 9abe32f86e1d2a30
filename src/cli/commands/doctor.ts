import type { SandboxReport } from '../../engine/domain/ports';
import { judgingOptions, type Command } from '../options';
import { columns } from '../words';

export const doctor: Command = {
  name: 'doctor',
  options: judgingOptions,
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
  const heads = ['  state', '', 'layer', 'stops'];
  const layers = sandbox.layers.map((layer) => [
    `  ${layer.state}`,
    layer.required === true ? 'demanded' : '',
    layer.ids?.length === 1 ? `${layer.name} (${layer.ids.join()})` : layer.name,
    layer.detail === undefined ? layer.stops : `${layer.stops} (${layer.detail})`,
  ]);
  return [
    `${head}: usable (${sandbox.detail ?? ''})`,
    columns([heads, ...layers]),
    ...selfTestLines(sandbox),
  ];
}

function selfTestLines({ selfTest }: SandboxReport): string[] {
  if (!selfTest) return [];
  const { passed, programs, durationMs, problem } = selfTest;
  const found = passed
    ? `told ${String(programs)} known programs apart`
    : `failed, so nothing is judged here: ${problem ?? ''}`;
  return [`  self-test: ${found} in ${durationMs.toFixed(0)} ms`];
}
