import type { Sheet } from './sheet';

/** GitHub Markdown; texts of programs and tests cannot become markup. */
export function markdownReport({ title, subtitle, warnings, sections, closing }: Sheet): string {
  const parts = [
    `# ${escaped(title)}`,
    escaped(subtitle),
    `**${escaped(closing)}**`,
    ...warnings.map((warning) => `> ⚠ ${escaped(warning)}`),
    ...sections.flatMap((section) => [
      `## ${escaped(section.title)}`,
      [
        row(section.columns),
        row(section.columns.map((_, place) => (place === 0 ? ':--' : '--:'))),
        ...section.rows.map((cells) => row(cells.map(({ text }) => escaped(text)))),
      ].join('\n'),
      ...(section.notes ?? []).map(escaped),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((text) => (text === '' ? ' ' : text)).join(' | ')} |`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/([\\`*_[\]|#~!])/g, '\\$1')
    .replaceAll(/\s+/g, ' ');
}
