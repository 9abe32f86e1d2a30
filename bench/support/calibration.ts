/** One choice: what was said of its like, and whether it passed the hidden tests. */
export interface Said {
  readonly right: boolean;
  readonly measured: { readonly right: number; readonly of: number };
}

/** What was said of choices against what was seen: one line for each share that was said. */
export function calibrationLines(all: readonly Said[]): readonly string[] {
  const rows = new Map<string, { said: number; right: number; of: number }>();
  for (const { right, measured } of all) {
    const key = `${String(measured.right)} of ${String(measured.of)}`;
    const said = measured.of === 0 ? 0 : measured.right / measured.of;
    const row = rows.get(key) ?? { said, right: 0, of: 0 };
    rows.set(key, { ...row, right: row.right + (right ? 1 : 0), of: row.of + 1 });
  }
  return [...rows]
    .sort(([, a], [, b]) => b.said - a.said)
    .map(([key, { said, right, of }]) => {
      const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;
      return `  said ${key} (${percent(said)}): seen ${String(right)} of ${String(of)} (${percent(right / of)})`;
    });
}
