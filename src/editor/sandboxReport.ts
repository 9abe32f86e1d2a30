import * as vscode from 'vscode';
import type { SandboxLayer, SandboxReport, SelfTestReport } from '../engine/domain/ports';
import type { DoctorReport } from '../engine/flywheel/workbench';
import { settingIds } from './ids';
import { plainText } from '../engine/redaction/plainText';

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
    vscode.l10n.t(
      'Each layer was found by trying to pass it. Work stops where a demanded one is not on; the setting {0} says which are demanded.',
      `\`${settingIds.requiredLayers}\``,
    ),
    '',
    ...report.sandboxes.flatMap(section),
  ].join('\n');
}

function section(sandbox: SandboxReport): string[] {
  const verdict = sandbox.usable
    ? vscode.l10n.t('works here, for {0}', sandbox.languages.join(', '))
    : vscode.l10n.t('does not work here');
  const lines = [`## ${sandbox.name}`, '', `**${verdict}**`, ''];
  if (sandbox.problem !== undefined) lines.push(cell(sandbox.problem), '');
  if (sandbox.mend !== undefined) {
    lines.push(
      `**${vscode.l10n.t('What to do')}**`,
      '',
      '```text',
      fenced(sandbox.mend),
      '```',
      '',
    );
  }
  if (sandbox.detail !== undefined) lines.push(code(sandbox.detail), '');
  if (sandbox.layers.length === 0) return lines;
  const head = [
    vscode.l10n.t('Layer'),
    vscode.l10n.t('State'),
    vscode.l10n.t('Demanded'),
    vscode.l10n.t('What it stops'),
    vscode.l10n.t('How'),
  ];
  lines.push(`| ${head.join(' | ')} |`, '|---|---|---|---|---|');
  for (const layer of sandbox.layers) {
    const cells = [
      cell(layer.name) + idWords(layer),
      stateWords(layer),
      layer.required === true ? vscode.l10n.t('demanded') : '',
      cell(layer.stops),
      cell(layer.detail ?? ''),
    ];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  lines.push('');
  if (sandbox.selfTest) lines.push(selfTestWords(sandbox.selfTest), '');
  return lines;
}

/** The name by which settings know it. */
function idWords({ ids = [] }: SandboxLayer): string {
  return ids.length === 1 ? ` ${code(ids[0])}` : '';
}

function selfTestWords(test: SelfTestReport): string {
  const milliseconds = Math.round(test.durationMs);
  return test.passed
    ? vscode.l10n.t(
        '✓ Self-test: told {0} known programs apart in {1} ms.',
        test.programs,
        milliseconds,
      )
    : vscode.l10n.t('✕ Self-test failed, so nothing is judged here: {0}', cell(test.problem ?? ''));
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
  return `\`${plainText(text ?? '').replaceAll('`', "'")}\``;
}

function cell(text: string): string {
  return plainText(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function fenced(text: string): string {
  return plainText(text).replaceAll('```', "'''");
}
