/**
 * ROUGE-L F1 of two texts (Lin 2004): twice the longest common subsequence of lower-cased words
 * over their count together, as Self-Instruct's novelty filter uses it (Wang et al. 2022,
 * 2212.10560). From 0 to 1.
 */
export function rougeL(a: string, b: string): number {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  if (left.length === 0 || right.length === 0) return left.length === right.length ? 1 : 0;
  return (2 * commonSubsequence(left, right)) / (left.length + right.length);
}

/** True where no text of the pool is closer than `most`. Bounds are tried before the whole. */
export function isNovel(text: string, pool: readonly string[], most = 0.7): boolean {
  const words = wordsOf(text);
  return pool.every((other) => {
    const others = wordsOf(other);
    const least = Math.min(words.length, others.length);
    if ((2 * least) / Math.max(1, words.length + others.length) <= most) return true;
    return (2 * commonSubsequence(words, others)) / (words.length + others.length) <= most;
  });
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

function commonSubsequence(a: readonly string[], b: readonly string[]): number {
  let before = new Uint32Array(b.length + 1);
  for (const word of a) {
    const now = new Uint32Array(b.length + 1);
    for (let at = 1; at <= b.length; at++) {
      now[at] =
        word === b[at - 1]
          ? (before[at - 1] ?? 0) + 1
          : Math.max(before[at] ?? 0, now[at - 1] ?? 0);
    }
    before = now;
  }
  return before[b.length] ?? 0;
}
