import { test } from 'node:test';
import assert from 'node:assert/strict';
import { movingAverage, paginate, replayCache, topBy } from '../src/collections.ts';

const LETTERS = ['a', 'b', 'c', 'd', 'e'];

function identity(value: number): number {
  return value;
}

function wordLength(word: string): number {
  return word.length;
}

test('paginate cuts the first page', () => {
  assert.deepEqual(paginate(LETTERS, 1, 2), {
    items: ['a', 'b'],
    page: 1,
    pages: 3,
    hasNext: true,
  });
});

test('paginate cuts a page in the middle', () => {
  assert.deepEqual(paginate(LETTERS, 2, 2), {
    items: ['c', 'd'],
    page: 2,
    pages: 3,
    hasNext: true,
  });
});

test('paginate has a shorter last page', () => {
  assert.deepEqual(paginate(LETTERS, 3, 2), { items: ['e'], page: 3, pages: 3, hasNext: false });
});

test('paginate has a full last page if the items come out even', () => {
  assert.deepEqual(paginate([1, 2, 3, 4], 2, 2), {
    items: [3, 4],
    page: 2,
    pages: 2,
    hasNext: false,
  });
});

test('paginate holds everything on one page of the exact size', () => {
  assert.deepEqual(paginate(LETTERS, 1, 5), {
    items: LETTERS,
    page: 1,
    pages: 1,
    hasNext: false,
  });
});

test('paginate takes the last page for a number above it', () => {
  assert.deepEqual(paginate(LETTERS, 4, 2), { items: ['e'], page: 3, pages: 3, hasNext: false });
  assert.deepEqual(paginate(LETTERS, 99, 4), { items: ['e'], page: 2, pages: 2, hasNext: false });
});

test('paginate takes the first page for a number below it', () => {
  assert.deepEqual(paginate(LETTERS, 0, 4), {
    items: ['a', 'b', 'c', 'd'],
    page: 1,
    pages: 2,
    hasNext: true,
  });
  assert.equal(paginate(LETTERS, -3, 1).page, 1);
});

test('paginate has one empty page for an empty list', () => {
  assert.deepEqual(paginate([], 1, 10), { items: [], page: 1, pages: 1, hasNext: false });
});

test('paginate has no second page for an empty list', () => {
  assert.deepEqual(paginate([], 2, 1), { items: [], page: 1, pages: 1, hasNext: false });
});

test('paginate accepts pages of one item', () => {
  assert.deepEqual(paginate(['x', 'y'], 2, 1), {
    items: ['y'],
    page: 2,
    pages: 2,
    hasNext: false,
  });
});

test('paginate rejects a size of zero', () => {
  assert.throws(() => paginate(LETTERS, 1, 0), RangeError);
});

test('paginate rejects sizes below one', () => {
  assert.throws(() => paginate([], 1, -2), RangeError);
  assert.throws(() => paginate([], 1, 0), RangeError);
});

test('topBy returns the highest scores first', () => {
  assert.deepEqual(topBy([3, 9, 1, 7], 2, identity), [9, 7]);
  assert.deepEqual(topBy([1, 2, 3, 4], 3, identity), [4, 3, 2]);
});

test('topBy returns a single best item', () => {
  assert.deepEqual(topBy([3, 9, 1], 1, identity), [9]);
  assert.deepEqual(topBy([9, 3, 1], 1, identity), [9]);
});

test('topBy keeps the order of equal scores', () => {
  assert.deepEqual(topBy(['bb', 'aa', 'c', 'dd'], 3, wordLength), ['bb', 'aa', 'dd']);
  assert.deepEqual(topBy(['x', 'y', 'zz'], 3, wordLength), ['zz', 'x', 'y']);
});

test('topBy prefers earlier items at the cut', () => {
  assert.deepEqual(topBy(['bb', 'aa', 'cc'], 2, wordLength), ['bb', 'aa']);
  assert.deepEqual(topBy(['a', 'bb', 'c'], 2, wordLength), ['bb', 'a']);
});

test('topBy returns everything for a large count', () => {
  assert.deepEqual(topBy([2, 3, 1], 3, identity), [3, 2, 1]);
  assert.deepEqual(topBy([2, 3, 1], 10, identity), [3, 2, 1]);
});

test('topBy returns nothing for a count of zero or less', () => {
  assert.deepEqual(topBy([2, 3], 0, identity), []);
  assert.deepEqual(topBy([2, 3], -1, identity), []);
});

test('topBy returns nothing for an empty list', () => {
  assert.deepEqual(topBy([], 3, identity), []);
});

test('topBy handles negative scores', () => {
  assert.deepEqual(topBy([-5, -1, -3], 2, identity), [-1, -3]);
  assert.deepEqual(
    topBy([1, 5, 2], 2, (value) => -value),
    [1, 2],
  );
});

test('topBy replaces an item that is no longer among the best', () => {
  assert.deepEqual(topBy([5, 4, 6, 1, 7], 2, identity), [7, 6]);
});

test('replayCache counts a repeated key as a hit', () => {
  assert.deepEqual(replayCache(['a', 'b', 'a'], 2), { hits: 1, evicted: [], kept: ['b', 'a'] });
});

test('replayCache has no hits for different keys', () => {
  assert.deepEqual(replayCache(['a', 'b', 'c'], 3), {
    hits: 0,
    evicted: [],
    kept: ['a', 'b', 'c'],
  });
});

test('replayCache evicts the least recently used key', () => {
  assert.deepEqual(replayCache(['a', 'b', 'c'], 2), {
    hits: 0,
    evicted: ['a'],
    kept: ['b', 'c'],
  });
});

test('replayCache saves a key that was used again', () => {
  assert.deepEqual(replayCache(['a', 'b', 'a', 'c'], 2), {
    hits: 1,
    evicted: ['b'],
    kept: ['a', 'c'],
  });
});

test('replayCache moves a key from the middle to the end', () => {
  assert.deepEqual(replayCache(['a', 'b', 'c', 'b', 'd', 'e'], 3), {
    hits: 1,
    evicted: ['a', 'c'],
    kept: ['b', 'd', 'e'],
  });
});

test('replayCache misses a key after its eviction', () => {
  assert.deepEqual(replayCache(['a', 'b', 'c', 'a'], 2), {
    hits: 0,
    evicted: ['a', 'b'],
    kept: ['c', 'a'],
  });
});

test('replayCache keeps one key with a capacity of one', () => {
  assert.deepEqual(replayCache(['a', 'a', 'b', 'b', 'a'], 1), {
    hits: 2,
    evicted: ['a', 'b'],
    kept: ['a'],
  });
});

test('replayCache evicts every key with a capacity of zero', () => {
  assert.deepEqual(replayCache(['a', 'a'], 0), { hits: 0, evicted: ['a', 'a'], kept: [] });
  assert.deepEqual(replayCache(['x'], 0), { hits: 0, evicted: ['x'], kept: [] });
});

test('replayCache accepts a capacity of zero without lookups', () => {
  assert.deepEqual(replayCache([], 0), { hits: 0, evicted: [], kept: [] });
});

test('replayCache reports an empty cache for no lookups', () => {
  assert.deepEqual(replayCache([], 2), { hits: 0, evicted: [], kept: [] });
});

test('replayCache rejects a negative capacity', () => {
  assert.throws(() => replayCache([], -1), RangeError);
});

test('replayCache rejects a negative capacity for any lookups', () => {
  assert.throws(() => replayCache(['a'], -1), RangeError);
  assert.throws(() => replayCache(['a', 'b'], -7), RangeError);
});

test('movingAverage covers neighbouring values', () => {
  assert.deepEqual(movingAverage([1, 2, 3, 4], 2), [1.5, 2.5, 3.5]);
  assert.deepEqual(movingAverage([3, 6, 9, 0], 3), [6, 5]);
});

test('movingAverage has one result for a list of exactly the size', () => {
  assert.deepEqual(movingAverage([2, 4, 6], 3), [4]);
  assert.deepEqual(movingAverage([7, 8], 2), [7.5]);
});

test('movingAverage has no result for a shorter list', () => {
  assert.deepEqual(movingAverage([2, 4], 3), []);
  assert.deepEqual(movingAverage([], 1), []);
});

test('movingAverage of size one repeats the values', () => {
  assert.deepEqual(movingAverage([5, -2, 0], 1), [5, -2, 0]);
  assert.deepEqual(movingAverage([9], 1), [9]);
});

test('movingAverage forgets values that have left the window', () => {
  assert.deepEqual(movingAverage([100, 0, 0, 0, 4], 2), [50, 0, 0, 2]);
});

test('movingAverage handles negative values', () => {
  assert.deepEqual(movingAverage([-1, -3, -5], 2), [-2, -4]);
});

test('movingAverage keeps a level line level', () => {
  assert.deepEqual(movingAverage([4, 4, 4, 4, 4], 4), [4, 4]);
});

test('movingAverage rejects a size of zero', () => {
  assert.throws(() => movingAverage([1, 2], 0), RangeError);
  assert.throws(() => movingAverage([], 0), RangeError);
});

test('movingAverage rejects negative sizes', () => {
  assert.throws(() => movingAverage([1, 2], -1), RangeError);
  assert.throws(() => movingAverage([1, 2], -2), RangeError);
});

test('movingAverage rejects fractions', () => {
  assert.throws(() => movingAverage([1, 2, 3], 1.5), RangeError);
  assert.throws(() => movingAverage([1, 2, 3], 2.5), RangeError);
});

test('movingAverage rejects sizes between zero and one', () => {
  assert.throws(() => movingAverage([1, 2, 3], 0.5), RangeError);
  assert.throws(() => movingAverage([], 0), RangeError);
});
