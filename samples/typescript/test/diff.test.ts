import { test } from 'node:test';
import assert from 'node:assert/strict';
import { closestMatch, diffLines, editDistance } from '../src/diff.ts';

const COMMANDS = ['status', 'stash', 'commit', 'Checkout', 'push'];

test('editDistance is zero for equal texts', () => {
  assert.equal(editDistance('same', 'same'), 0);
  assert.equal(editDistance('', ''), 0);
});

test('editDistance from an empty text is the length of the other', () => {
  assert.equal(editDistance('', 'abc'), 3);
  assert.equal(editDistance('abcd', ''), 4);
});

test('editDistance counts a replacement once', () => {
  assert.equal(editDistance('cat', 'cut'), 1);
  assert.equal(editDistance('a', 'b'), 1);
});

test('editDistance counts insertions', () => {
  assert.equal(editDistance('cat', 'cart'), 1);
  assert.equal(editDistance('ab', 'xaxb'), 2);
});

test('editDistance counts deletions', () => {
  assert.equal(editDistance('cart', 'cat'), 1);
  assert.equal(editDistance('abcde', 'ace'), 2);
});

test('editDistance mixes all three edits', () => {
  assert.equal(editDistance('kitten', 'sitting'), 3);
  assert.equal(editDistance('sunday', 'saturday'), 3);
});

test('editDistance counts swapped neighbours twice', () => {
  assert.equal(editDistance('ab', 'ba'), 2);
  assert.equal(editDistance('form', 'from'), 2);
});

test('editDistance is the same in both directions', () => {
  assert.equal(editDistance('flaw', 'lawn'), 2);
  assert.equal(editDistance('lawn', 'flaw'), 2);
});

test('editDistance of texts without a common letter is the longer length', () => {
  assert.equal(editDistance('abc', 'xyz'), 3);
  assert.equal(editDistance('ab', 'wxyz'), 4);
});

test('editDistance tells upper from lower case', () => {
  assert.equal(editDistance('A', 'a'), 1);
});

test('closestMatch finds an exact match', () => {
  assert.equal(closestMatch('push', COMMANDS), 'push');
});

test('closestMatch finds the closest candidate', () => {
  assert.equal(closestMatch('comit', COMMANDS), 'commit');
  assert.equal(closestMatch('statsh', COMMANDS), 'stash');
});

test('closestMatch ignores upper and lower case', () => {
  assert.equal(closestMatch('PUSH', COMMANDS, 0), 'push');
  assert.equal(closestMatch('checkout', COMMANDS, 0), 'Checkout');
});

test('closestMatch accepts a candidate at exactly the largest distance', () => {
  assert.equal(closestMatch('comt', ['commit'], 2), 'commit');
  assert.equal(closestMatch('kitten', ['sitting'], 3), 'sitting');
});

test('closestMatch refuses a candidate beyond the largest distance', () => {
  assert.equal(closestMatch('comt', ['commit'], 1), null);
  assert.equal(closestMatch('kitten', ['sitting'], 2), null);
});

test('closestMatch allows a distance of two unless told', () => {
  assert.equal(closestMatch('comt', ['commit']), 'commit');
  assert.equal(closestMatch('kitten', ['sitting']), null);
});

test('closestMatch takes the earliest of equally close candidates', () => {
  assert.equal(closestMatch('bat', ['cat', 'hat', 'bar']), 'cat');
  assert.equal(closestMatch('bat', ['bus', 'hat', 'cat']), 'hat');
});

test('closestMatch needs something of a short word to be left', () => {
  assert.equal(closestMatch('ab', ['xy']), null);
  assert.equal(closestMatch('ab', ['xb']), 'xb');
});

test('closestMatch accepts only the word itself for a single letter', () => {
  assert.equal(closestMatch('a', ['b', 'ab', 'A']), 'A');
  assert.equal(closestMatch('a', ['b', 'ab']), null);
});

test('closestMatch keeps two letters of three', () => {
  assert.equal(closestMatch('cat', ['dog'], 5), null);
  assert.equal(closestMatch('cat', ['dot'], 5), 'dot');
});

test('closestMatch finds nothing for an empty word or list', () => {
  assert.equal(closestMatch('', ['', 'a']), null);
  assert.equal(closestMatch('push', []), null);
});

test('closestMatch needs to be told to look further than two edits', () => {
  assert.equal(closestMatch('branch', ['brXYch']), 'brXYch');
  assert.equal(closestMatch('branch', ['bXYZch']), null);
  assert.equal(closestMatch('branch', ['bXYZch'], 3), 'bXYZch');
});

test('diffLines keeps equal lists', () => {
  assert.deepEqual(diffLines(['a', 'b'], ['a', 'b']), ['  a', '  b']);
  assert.deepEqual(diffLines([], []), []);
});

test('diffLines marks added lines', () => {
  assert.deepEqual(diffLines(['a', 'c'], ['a', 'b', 'c']), ['  a', '+ b', '  c']);
});

test('diffLines marks removed lines', () => {
  assert.deepEqual(diffLines(['a', 'b', 'c'], ['a', 'c']), ['  a', '- b', '  c']);
});

test('diffLines marks lines at the end', () => {
  assert.deepEqual(diffLines(['a'], ['a', 'b', 'c']), ['  a', '+ b', '+ c']);
  assert.deepEqual(diffLines(['a', 'b', 'c'], ['a']), ['  a', '- b', '- c']);
});

test('diffLines marks lines at the start', () => {
  assert.deepEqual(diffLines(['c'], ['a', 'b', 'c']), ['+ a', '+ b', '  c']);
  assert.deepEqual(diffLines(['a', 'b', 'c'], ['c']), ['- a', '- b', '  c']);
});

test('diffLines removes before it adds', () => {
  assert.deepEqual(diffLines(['a'], ['b']), ['- a', '+ b']);
  assert.deepEqual(diffLines(['x', 'a', 'y'], ['x', 'b', 'y']), ['  x', '- a', '+ b', '  y']);
});

test('diffLines keeps as many lines as possible', () => {
  assert.deepEqual(diffLines(['a', 'b', 'c', 'd'], ['b', 'c', 'd', 'a']), [
    '- a',
    '  b',
    '  c',
    '  d',
    '+ a',
  ]);
  assert.deepEqual(diffLines(['b', 'c', 'd', 'a'], ['a', 'b', 'c', 'd']), [
    '+ a',
    '  b',
    '  c',
    '  d',
    '- a',
  ]);
});

test('diffLines shows a move of one of two lines', () => {
  assert.deepEqual(diffLines(['a', 'b'], ['b', 'a']), ['- a', '  b', '+ a']);
});

test('diffLines finds the common lines between changes', () => {
  assert.deepEqual(diffLines(['1', 'k', '2', 'm'], ['k', '3', 'm', '4']), [
    '- 1',
    '  k',
    '- 2',
    '+ 3',
    '  m',
    '+ 4',
  ]);
});

test('diffLines compares a list with an empty one', () => {
  assert.deepEqual(diffLines([], ['a', 'b']), ['+ a', '+ b']);
  assert.deepEqual(diffLines(['a', 'b'], []), ['- a', '- b']);
});

test('diffLines treats repeated lines one by one', () => {
  assert.deepEqual(diffLines(['a', 'a', 'a'], ['a', 'a']), ['  a', '  a', '- a']);
  assert.deepEqual(diffLines(['a', 'b', 'a'], ['a', 'a']), ['  a', '- b', '  a']);
});

test('diffLines finds common lines that stand at different places', () => {
  assert.deepEqual(diffLines(['x', 'y', 'a', 'b', 'c'], ['p', 'a', 'b', 'q', 'c', 'x']), [
    '- x',
    '- y',
    '+ p',
    '  a',
    '  b',
    '+ q',
    '  c',
    '+ x',
  ]);
});

test('diffLines adds first where removing first would lose common lines', () => {
  assert.deepEqual(diffLines(['p', 'a', 'b', 'q', 'c', 'x'], ['x', 'y', 'a', 'b', 'c']), [
    '- p',
    '+ x',
    '+ y',
    '  a',
    '  b',
    '- q',
    '  c',
    '- x',
  ]);
});
