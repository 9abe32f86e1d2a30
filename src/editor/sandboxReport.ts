import * as vscode from 'vscode';
import type { SandboxLayer, SandboxReport } from '../engine/domain/ports';
import type { DoctorReport } from '../engine/flywheel/workbench';

/** What the check found, as Markdown: each layer, what it stops, and what to do where it is off. */
export function sandboxReport(report: DoctorReport): string {
  const about = [
    [vscode.l10n.t('Version'), `${report.version} · Node ${report.node} · ${report.platform}`],
    ['Python', report.python ?? vscode.l10n.t('not found')],
    [vscode.l10n.t('Journal'), `${report.journal.file} (${report.journal.state})`],
  ];
  return [
    `# ${vscode.l10n.t('Sandbox')}`,
    '',
    ...about.map(([name, value]) => `- **${name}**: ${code(value)}`),
    '',
    ...report.sandboxes.flatMap(section),
  ].join('\n');
}

function section(sandbox: SandboxReport): string[] {
  const verdict = sandbox.usable
    ? vscode.l10n.t('works here, for {0}', sandbox.languages.join(', '))
    : vscode.l10n.t('does not work here');
  const lines = [`## ${sandbox.name}`, '', `**${verdict}**`, ''];
  if (sandbox.problem !== undefined) lines.push(sandbox.problem, '');
  if (sandbox.mend !== undefined) {
    lines.push(`**${vscode.l10n.t('What to do')}**`, '', '```text', sandbox.mend, '```', '');
  }
  if (sandbox.detail !== undefined) lines.push(code(sandbox.detail), '');
  if (sandbox.layers.length === 0) return lines;
  const head = [vscode.l10n.t('Layer'), vscode.l10n.t('State'), vscode.l10n.t('What it stops')];
  lines.push(`| ${head.join(' | ')} |`, '|---|---|---|');
  for (const layer of sandbox.layers) {
    lines.push(`| ${cell(layer.name)} | ${stateWords(layer)} | ${cell(layer.stops)} |`);
  }
  lines.push('');
  return lines;
}

function stateWords({ state }: SandboxLayer): string {
  switch (state) {
    case 'on':
      return `✓ ${vscode.l10n.t('on')}`;
    case 'off':
      return `✕ ${vscode.l10n.t('off')}`;
    case 'unverified':
      return `? ${vscode.l10n.t('unverified')}`;
  }
}

function code(text: string | undefined): string {
  return `\`${(text ?? '').replaceAll('`', "'")}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
