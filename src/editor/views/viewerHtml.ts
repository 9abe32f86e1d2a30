/**
 * A page of the viewer. Its policy lets in our script by nonce and our styles, font and images
 * by their place, and nothing else.
 */
export function viewerHtml(page: {
  readonly script: string;
  readonly styles: readonly string[];
  readonly source: string;
  readonly nonce: string;
  readonly language: string;
  readonly title: string;
  /** Which page it is. */
  readonly element: 'flywheel-viewer' | 'flywheel-rounds';
  /** The run that the page is about, where it is about one alone. */
  readonly about?: string;
}): string {
  const { source, nonce } = page;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `font-src ${source}`,
    `img-src ${source} data:`,
  ].join('; ');
  const styles = page.styles.map((href) => `<link rel="stylesheet" href="${escape(href)}">`);
  const about = page.about === undefined ? '' : ` data-run="${escape(page.about)}"`;
  return `<!DOCTYPE html>
<html lang="${escape(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(page.title)}</title>
${styles.join('\n')}
</head>
<body>
<${page.element}${about}></${page.element}>
<script nonce="${nonce}" src="${escape(page.script)}"></script>
</body>
</html>
`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
