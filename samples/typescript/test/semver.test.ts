import { test } from 'node:test';
import assert from 'node:assert/strict';
import { bumpVersion, compareVersions, newestBetween, satisfies } from '../src/semver.ts';

const RELEASES = ['1.0.0', '1.4.2', '0.9.9', '2.0.0', '1.10.0'];

test('compareVersions finds equal versions equal', () => {
  assert.equal(compareVersions('1.2.3', '1.2.3'), 0);
  assert.equal(compareVersions('0.0.0', '0.0.0'), 0);
});

test('compareVersions compares the major number first', () => {
  assert.equal(compareVersions('2.0.0', '1.9.9'), 1);
  assert.equal(compareVersions('1.9.9', '2.0.0'), -1);
});

test('compareVersions compares the minor number second', () => {
  assert.equal(compareVersions('1.2.9', '1.3.0'), -1);
  assert.equal(compareVersions('1.3.0', '1.2.9'), 1);
});

test('compareVersions compares the patch number last', () => {
  assert.equal(compareVersions('1.2.3', '1.2.4'), -1);
  assert.equal(compareVersions('1.2.4', '1.2.3'), 1);
});

test('compareVersions compares numbers and not text', () => {
  assert.equal(compareVersions('1.10.0', '1.9.0'), 1);
  assert.equal(compareVersions('0.0.9', '0.0.10'), -1);
});

test('compareVersions lets an earlier difference win over a later one', () => {
  assert.equal(compareVersions('1.0.5', '1.1.0'), -1);
  assert.equal(compareVersions('3.0.0', '2.7.1'), 1);
});

test('compareVersions ignores leading zeros', () => {
  assert.equal(compareVersions('1.02.3', '1.2.03'), 0);
});

test('compareVersions rejects texts that are no versions', () => {
  assert.throws(() => compareVersions('1.2', '1.2.0'), RangeError);
  assert.throws(() => compareVersions('1.2.0', 'v1.2.0'), RangeError);
});

test('compareVersions rejects empty and overlong texts', () => {
  assert.throws(() => compareVersions('', '1.2.0'), RangeError);
  assert.throws(() => compareVersions('1.2.0', '1.2.0.0'), RangeError);
});

test('satisfies accepts only the same version without an operator', () => {
  assert.equal(satisfies('1.2.3', '1.2.3'), true);
  assert.equal(satisfies('1.2.4', '1.2.3'), false);
  assert.equal(satisfies('1.2.2', '=1.2.3'), false);
});

test('satisfies includes the version itself with >= and <=', () => {
  assert.equal(satisfies('1.2.3', '>=1.2.3'), true);
  assert.equal(satisfies('1.2.3', '<=1.2.3'), true);
});

test('satisfies stops on the other side of >= and <=', () => {
  assert.equal(satisfies('1.2.2', '>=1.2.3'), false);
  assert.equal(satisfies('1.2.4', '<=1.2.3'), false);
});

test('satisfies leaves the version itself out with > and <', () => {
  assert.equal(satisfies('1.2.3', '>1.2.3'), false);
  assert.equal(satisfies('1.2.3', '<1.2.3'), false);
});

test('satisfies accepts the neighbours with > and <', () => {
  assert.equal(satisfies('1.2.4', '>1.2.3'), true);
  assert.equal(satisfies('1.2.2', '<1.2.3'), true);
});

test('satisfies needs every comparator of an alternative', () => {
  assert.equal(satisfies('1.5.0', '>=1.2.0 <2.0.0'), true);
  assert.equal(satisfies('2.0.0', '>=1.2.0 <2.0.0'), false);
  assert.equal(satisfies('1.1.9', '>=1.2.0  <2.0.0'), false);
});

test('satisfies excludes both ends of an open range', () => {
  assert.equal(satisfies('1.0.0', '>1.0.0 <=2.0.0'), false);
  assert.equal(satisfies('2.0.0', '>1.0.0 <=2.0.0'), true);
  assert.equal(satisfies('2.0.1', '>1.0.0 <=2.0.0'), false);
});

test('satisfies needs only one alternative', () => {
  assert.equal(satisfies('3.1.0', '1.0.0 || >=3.0.0'), true);
  assert.equal(satisfies('1.0.0', '1.0.0||>=3.0.0'), true);
  assert.equal(satisfies('2.0.0', '1.0.0 || >=3.0.0'), false);
});

test('satisfies keeps major and minor numbers with ~', () => {
  assert.equal(satisfies('1.2.3', '~1.2.3'), true);
  assert.equal(satisfies('1.2.99', '~1.2.3'), true);
  assert.equal(satisfies('1.3.0', '~1.2.3'), false);
});

test('satisfies keeps the lower end with ~', () => {
  assert.equal(satisfies('1.2.2', '~1.2.3'), false);
  assert.equal(satisfies('1.2.0', '~1.1.9'), false);
  assert.equal(satisfies('0.1.0', '~0.1.0'), true);
});

test('satisfies keeps the major number with ^', () => {
  assert.equal(satisfies('1.9.0', '^1.2.3'), true);
  assert.equal(satisfies('2.0.0', '^1.2.3'), false);
  assert.equal(satisfies('1.2.2', '^1.2.3'), false);
});

test('satisfies accepts the base version of a caret range', () => {
  assert.equal(satisfies('1.2.3', '^1.2.3'), true);
  assert.equal(satisfies('2.99.0', '^2.0.0'), true);
  assert.equal(satisfies('3.0.0', '^2.0.0'), false);
});

test('satisfies keeps the minor number with ^ below 1.0.0', () => {
  assert.equal(satisfies('0.2.9', '^0.2.3'), true);
  assert.equal(satisfies('0.3.0', '^0.2.3'), false);
  assert.equal(satisfies('0.2.2', '^0.2.3'), false);
});

test('satisfies keeps the first minor number with ^', () => {
  assert.equal(satisfies('0.1.7', '^0.1.0'), true);
  assert.equal(satisfies('0.2.0', '^0.1.0'), false);
});

test('satisfies holds a single patch with ^ below 0.1.0', () => {
  assert.equal(satisfies('0.0.3', '^0.0.3'), true);
  assert.equal(satisfies('0.0.4', '^0.0.3'), false);
  assert.equal(satisfies('0.1.0', '^0.0.3'), false);
});

test('satisfies holds only 0.0.0 in its caret range', () => {
  assert.equal(satisfies('0.0.0', '^0.0.0'), true);
  assert.equal(satisfies('0.0.1', '^0.0.0'), false);
});

test('satisfies accepts any version with a star', () => {
  assert.equal(satisfies('0.0.1', '*'), true);
  assert.equal(satisfies('9.9.9', '<1.0.0 || *'), true);
});

test('satisfies rejects malformed ranges', () => {
  assert.throws(() => satisfies('1.0.0', ''), RangeError);
  assert.throws(() => satisfies('1.0.0', '>=1.0'), RangeError);
});

test('satisfies rejects malformed versions', () => {
  assert.throws(() => satisfies('1.0', '*'), RangeError);
  assert.throws(() => satisfies('latest', '>=1.0.0'), RangeError);
});

test('satisfies accepts only the base version in a range from it to itself', () => {
  assert.equal(satisfies('1.0.0', '>=1.0.0 <=1.0.0'), true);
  assert.equal(satisfies('1.0.1', '>=1.0.0 <=1.0.0'), false);
  assert.equal(satisfies('0.9.9', '>=1.0.0 <=1.0.0'), false);
});

test('satisfies moves a tilde range to the next minor number only', () => {
  assert.equal(satisfies('2.4.0', '~2.3.9'), false);
  assert.equal(satisfies('2.3.10', '~2.3.9'), true);
  assert.equal(satisfies('2.2.9', '~2.3.0'), false);
});

test('satisfies combines a star with other comparators', () => {
  assert.equal(satisfies('1.0.0', '* >=1.0.0'), true);
  assert.equal(satisfies('0.9.0', '* >=1.0.0'), false);
});

test('satisfies rejects operators without a version', () => {
  assert.throws(() => satisfies('1.0.0', '>= 1.0.0'), /not a comparator/);
  assert.throws(() => satisfies('1.0.0', '2.0.0 ||'), /not a comparator/);
});

test('newestBetween returns the newest version from the minimum up', () => {
  assert.equal(newestBetween(RELEASES, '1.0.0'), '2.0.0');
  assert.equal(newestBetween(['1.0.0', '1.2.0', '1.1.0'], '0.0.1'), '1.2.0');
});

test('newestBetween includes the minimum', () => {
  assert.equal(newestBetween(RELEASES, '2.0.0'), '2.0.0');
  assert.equal(newestBetween(['0.1.0'], '0.1.0', '0.2.0'), '0.1.0');
});

test('newestBetween leaves out the upper end', () => {
  assert.equal(newestBetween(RELEASES, '1.0.0', '2.0.0'), '1.10.0');
  assert.equal(newestBetween(RELEASES, '1.0.0', '1.10.0'), '1.4.2');
});

test('newestBetween leaves out what lies above the upper end', () => {
  assert.equal(newestBetween(RELEASES, '0.1.0', '1.0.0'), '0.9.9');
  assert.equal(newestBetween(RELEASES, '1.0.0', '1.0.1'), '1.0.0');
});

test('newestBetween returns null if nothing lies in the range', () => {
  assert.equal(newestBetween(RELEASES, '2.0.1'), null);
  assert.equal(newestBetween(RELEASES, '1.0.1', '1.4.2'), null);
});

test('newestBetween returns null for an empty range or list', () => {
  assert.equal(newestBetween([], '0.0.0'), null);
  assert.equal(newestBetween(RELEASES, '1.0.0', '1.0.0'), null);
});

test('newestBetween keeps the first of equal versions', () => {
  assert.equal(newestBetween(['1.0.0', '1.00.0'], '0.1.0'), '1.0.0');
  assert.equal(newestBetween(['1.00.0', '0.5.0', '1.0.0'], '0.1.0'), '1.00.0');
});

test('newestBetween finds the newest version at any place in the list', () => {
  assert.equal(newestBetween(['3.0.0', '2.0.0', '1.0.0'], '1.0.0', '9.0.0'), '3.0.0');
  assert.equal(newestBetween(['1.0.0', '2.0.0', '3.0.0', '2.5.0'], '1.0.0'), '3.0.0');
  assert.equal(newestBetween(['2.0.0', '02.0.0', '2.00.0'], '1.0.0'), '2.0.0');
});

test('newestBetween rejects malformed versions', () => {
  assert.throws(() => newestBetween(['1.0'], '0.0.0'), RangeError);
  assert.throws(() => newestBetween(['1.0.0'], '0.0.0', 'next'), RangeError);
});

test('bumpVersion raises the patch number', () => {
  assert.equal(bumpVersion('1.2.3', 'patch'), '1.2.4');
  assert.equal(bumpVersion('0.0.9', 'patch', 2), '0.0.11');
});

test('bumpVersion raises the minor number and clears the patch', () => {
  assert.equal(bumpVersion('1.2.3', 'minor'), '1.3.0');
  assert.equal(bumpVersion('1.9.9', 'minor', 3), '1.12.0');
});

test('bumpVersion raises the major number and clears the rest', () => {
  assert.equal(bumpVersion('1.2.3', 'major'), '2.0.0');
  assert.equal(bumpVersion('0.9.9', 'major', 10), '10.0.0');
});

test('bumpVersion starts from zero', () => {
  assert.equal(bumpVersion('0.0.0', 'patch'), '0.0.1');
  assert.equal(bumpVersion('0.0.0', 'minor'), '0.1.0');
  assert.equal(bumpVersion('0.0.0', 'major'), '1.0.0');
});

test('bumpVersion leaves the version alone for a count of zero', () => {
  assert.equal(bumpVersion('1.2.3', 'major', 0), '1.2.3');
  assert.equal(bumpVersion('1.2.3', 'minor', 0), '1.2.3');
});

test('bumpVersion keeps the numbers to the right for a count of zero', () => {
  assert.equal(bumpVersion('0.4.1', 'minor', 0), '0.4.1');
  assert.equal(bumpVersion('0.4.1', 'patch', 0), '0.4.1');
});

test('bumpVersion rejects negative counts', () => {
  assert.throws(() => bumpVersion('1.2.3', 'patch', -1), RangeError);
  assert.throws(() => bumpVersion('1.2.3', 'major', -2), RangeError);
});

test('bumpVersion rejects fractions', () => {
  assert.throws(() => bumpVersion('1.2.3', 'minor', 1.5), RangeError);
  assert.throws(() => bumpVersion('1.2.3', 'major', 0.5), RangeError);
});

test('bumpVersion rejects malformed versions', () => {
  assert.throws(() => bumpVersion('1.2', 'patch'), RangeError);
  assert.throws(() => bumpVersion('a.b.c', 'major', 0), RangeError);
});
