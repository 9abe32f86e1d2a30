/**
 * Counts the single-character insertions, deletions and replacements that turn one text into the
 * other (the Levenshtein distance). Equal texts are 0 apart; from an empty text the distance is
 * the length of the other one.
 */
export function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = previous[column - 1] + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column] + 1, current[column - 1] + 1));
    }
    previous = current;
  }
  return previous[to.length];
}

/**
 * Finds the candidate that is closest to a word by edit distance, as in "did you mean". Upper and
 * lower case count as equal. A candidate may be at most `maxDistance` away, and less than the
 * length of the word, so that something of the word is left. Among equally close candidates the
 * earliest wins. Returns null if no candidate is close enough.
 */
export function closestMatch(
  word: string,
  candidates: readonly string[],
  maxDistance = 2,
): string | null {
  let best: string | null = null;
  let bestDistance = Math.min(maxDistance, word.length - 1) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** For every pair of positions, the length of the longest common subsequence from there on. */
function commonLengths<T>(a: readonly T[], b: readonly T[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i][j] =
        a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

/**
 * Compares two lists of lines and returns one list that shows the change: common lines after two
 * spaces ("  same"), removed ones after "- " and added ones after "+ ". As many lines as possible
 * are common. Where a line could be removed or added first, it is removed first.
 */
export function diffLines(before: readonly string[], after: readonly string[]): string[] {
  const common = commonLengths(before, after);
  const result: string[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      result.push(`  ${before[i]}`);
      i += 1;
      j += 1;
    } else if (common[i + 1][j] >= common[i][j + 1]) {
      result.push(`- ${before[i]}`);
      i += 1;
    } else {
      result.push(`+ ${after[j]}`);
      j += 1;
    }
  }
  const removed = before.slice(i).map((line) => `- ${line}`);
  const added = after.slice(j).map((line) => `+ ${line}`);
  return [...result, ...removed, ...added];
}
