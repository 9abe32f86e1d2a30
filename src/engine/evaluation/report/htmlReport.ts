import { chartSvg } from './chart';
import { html } from './html';
import type { Section, Sheet } from './sheet';

/**
 * One page that holds everything: tables, charts as inline SVG, its style. Its policy lets in
 * nothing else, so it opens from a disk, a mail or a tab of the editor, whose colours it takes.
 */
export function htmlReport(sheet: Sheet): string {
  const { title, subtitle, warnings, sections, closing } = sheet;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${html(title)}</h1>
<p>${html(subtitle)}</p>
<p class="closing">${html(closing).replace(/(\d) %/g, '$1&nbsp;%')}</p>
${warnings.map((warning) => `<p class="warning">${html(warning)}</p>`).join('\n')}
${sections.map(sectionHtml).join('\n')}
</main>
</body>
</html>
`;
}

function sectionHtml({ id, title, columns, rows, notes = [], chart }: Section): string {
  const isWords = columns.map(
    (_, column) => column === 0 || rows.every((row) => row[column]?.value === undefined),
  );
  const kind = (column: number): string => (isWords[column] === true ? '' : ' class="number"');
  const head = columns.map((text, column) => `<th scope="col"${kind(column)}>${html(text)}</th>`);
  const body = rows.map((cells) => {
    const told = cells.map(({ text }, column) =>
      column === 0 ? `<th scope="row">${html(text)}</th>` : `<td${kind(column)}>${html(text)}</td>`,
    );
    return `<tr>${told.join('')}</tr>`;
  });
  return `<section id="${html(id)}">
<h2>${html(title)}</h2>
${chart ? `<div ${wide(`${title}: chart`)}>${chartSvg(chart)}</div>` : ''}
<div ${wide(title)}><table>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table></div>
${notes.map((note) => `<p class="note">${html(note)}</p>`).join('\n')}
</section>`;
}

/** What may be wider than the page scrolls by itself, with keys too. */
function wide(name: string): string {
  return `class="wide" role="group" tabindex="0" aria-label="${html(name)}"`;
}

const style = `
:root { color-scheme: light dark; --ink: var(--vscode-foreground, light-dark(#1f2328, #e6edf3));
  --paper: var(--vscode-editor-background, light-dark(#fff, #0d1117));
  --soft: var(--vscode-descriptionForeground, light-dark(#59636e, #9198a1));
  --rule: var(--vscode-panel-border, light-dark(#d1d9e0, #3d444d));
  --s0: var(--vscode-charts-blue, light-dark(#0969da, #4493f8));
  --s1: var(--vscode-charts-orange, light-dark(#bc4c00, #db6d28));
  --s2: var(--vscode-charts-green, light-dark(#1a7f37, #3fb950));
  --warn: var(--vscode-charts-yellow, light-dark(#9a6700, #d29922)); }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 14px/1.5 var(--vscode-font-family, system-ui, sans-serif); }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.closing { font-size: 1.1rem; border-left: 4px solid var(--s0); padding: .25rem .75rem; }
.warning { border-left: 4px solid var(--warn); padding: .25rem .75rem; }
.note { color: var(--soft); margin: .35rem 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .8rem .3rem 0; text-align: left; font-weight: normal; border-bottom: 1px solid var(--rule); }
thead th { color: var(--soft); } .number { text-align: right; white-space: pre; }
svg { display: block; width: 100%; min-width: 32rem; max-width: 45rem; height: auto; margin: .5rem 0; }
svg text { fill: var(--ink); font-size: 12px; } .end { text-anchor: end; } .middle { text-anchor: middle; }
.grid { stroke: var(--rule); stroke-width: 1; } .line { fill: none; stroke-width: 2; }
.s0 { stroke: var(--s0); fill: var(--s0); } .s1 { stroke: var(--s1); fill: var(--s1); }
.s2 { stroke: var(--s2); fill: var(--s2); } polyline.line { fill: none; }
.band { stroke: none; opacity: .12; } rect { stroke: none; }
@media print { :root { color-scheme: light; } }
`;
