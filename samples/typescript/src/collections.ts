export interface Page<T> {
  items: T[];
  page: number;
  pages: number;
  hasNext: boolean;
}

export interface CacheReport {
  hits: number;
  evicted: string[];
  kept: string[];
}

/**
 * Cuts one page out of a list. Pages have `size` items (the last one may have fewer) and count
 * from 1; a page number below 1 means the first page and one above the last means the last page.
 * An empty list has one empty page.
 *
 * @throws RangeError if the size is less than 1
 */
export function paginate<T>(items: readonly T[], page: number, size: number): Page<T> {
  if (size < 1) {
    throw new RangeError('size must be at least 1');
  }
  const pages = Math.max(1, Math.ceil(items.length / size));
  const current = Math.min(Math.max(page, 1), pages);
  const start = (current - 1) * size;
  return {
    items: items.slice(start, start + size),
    page: current,
    pages,
    hasNext: current < pages,
  };
}

/**
 * Returns the `count` items of the highest score, the highest first. Items of equal score keep
 * the order of the list, also where the cut falls between them. A count of 0 or less gives no
 * items, and one above the length of the list gives all of them.
 */
export function topBy<T>(items: readonly T[], count: number, score: (item: T) => number): T[] {
  const best: { item: T; points: number }[] = [];
  for (const item of items) {
    const points = score(item);
    let position = best.length;
    while (position > 0 && best[position - 1].points < points) {
      position -= 1;
    }
    if (position < count) {
      best.splice(position, 0, { item, points });
    }
    if (best.length > count) {
      best.pop();
    }
  }
  return best.map(({ item }) => item);
}

/**
 * Replays lookups in a cache that holds at most `capacity` keys. A key that is in the cache is a
 * hit and becomes the most recently used one; any other key is added as such, and if the cache is
 * then too full, the least recently used key is evicted. Returns the number of hits, the evicted
 * keys in order, and the keys kept at the end from the least to the most recently used. With a
 * capacity of 0 every key is evicted at once.
 *
 * @throws RangeError if the capacity is negative
 */
export function replayCache(keys: readonly string[], capacity: number): CacheReport {
  if (capacity < 0) {
    throw new RangeError('capacity must not be negative');
  }
  const report: CacheReport = { hits: 0, evicted: [], kept: [] };
  for (const key of keys) {
    const position = report.kept.indexOf(key);
    if (position >= 0) {
      report.hits += 1;
      report.kept.splice(position, 1);
    }
    report.kept.push(key);
    if (report.kept.length > capacity) {
      report.evicted.push(...report.kept.splice(0, 1));
    }
  }
  return report;
}

/**
 * Returns the average of every `size` neighbouring values, in order: the first result covers the
 * values 0 to size - 1, the next starts one value later. A list shorter than `size` has no
 * results.
 *
 * @throws RangeError if the size is not a whole number of at least 1
 */
export function movingAverage(values: readonly number[], size: number): number[] {
  if (size < 1 || size % 1 !== 0) {
    throw new RangeError('size must be a whole number of at least 1');
  }
  const averages: number[] = [];
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
    if (i >= size) {
      sum -= values[i - size];
    }
    if (i >= size - 1) {
      averages.push(sum / size);
    }
  }
  return averages;
}
