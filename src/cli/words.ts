const reasons: Readonly<Record<string, string>> = {
  referenceFails: 'original fails its tests',
  flaky: 'original passes by chance',
  fewFailingTests: 'fault fails fewer than two tests',
  noFailingTests: 'no test notices the fault',
  notCompiled: 'fault does not compile',
  timedOut: 'fault never ends',
  infrastructure: 'could not be judged',
  duplicate: 'made twice',
};

/** `3 fault never ends, 1 …`, or `none`. */
export function rejectedText(rejected: Readonly<Record<string, number>>): string {
  const parts = Object.entries(rejected)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${String(count)} ${reasons[reason] ?? reason}`);
  return parts.length > 0 ? parts.join(', ') : 'none';
}

/** Columns padded to the widest cell. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Where the tests ran: `Tests apart from the program: 5; in its process: 1`. */
export function isolationText(counts: {
  readonly separate: number;
  readonly shared: number;
}): string {
  const shared =
    counts.shared > 0 ? `; in its own process, where it could forge: ${String(counts.shared)}` : '';
  return `Tests ran apart from the program: ${String(counts.separate)}${shared}`;
}
