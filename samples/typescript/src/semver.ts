export type Version = [major: number, minor: number, patch: number];
export type Level = 'major' | 'minor' | 'patch';

const VERSION = /^(\d+)\.(\d+)\.(\d+)$/;
const COMPARATOR = /^(\^|~|>=|<=|>|<|=)?(\d+\.\d+\.\d+)$/;

function parse(text: string): Version {
  const match = VERSION.exec(text);
  if (match === null) {
    throw new RangeError(`not a version: ${text}`);
  }
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** The first version that a caret range no longer holds. */
function caretCeiling([major, minor, patch]: Version): Version {
  if (major > 0) {
    return [major + 1, 0, 0];
  }
  return minor > 0 ? [0, minor + 1, 0] : [0, 0, patch + 1];
}

/**
 * Compares two versions of the form "1.2.3", number by number from the left. Returns -1 if the
 * first is older, 1 if it is newer and 0 if both are equal.
 *
 * @throws RangeError if either text is not three whole numbers joined by dots
 */
export function compareVersions(left: string, right: string): -1 | 0 | 1 {
  const a = parse(left);
  const b = parse(right);
  for (let i = 0; i < a.length; i++) {
    if (a[i] < b[i]) {
      return -1;
    }
    if (a[i] > b[i]) {
      return 1;
    }
  }
  return 0;
}

/**
 * Tells whether a version lies in a range. A range is one or more alternatives separated by
 * "||"; an alternative is "*" (any version) or a list of comparators, separated by spaces, that
 * must all hold. A comparator is a version after ">=", "<=", ">", "<", "=" or nothing (equal),
 * "~" (at least this version and the same major and minor numbers) or "^" (at least this
 * version, without a change of its leftmost number that is not 0; "^0.0.3" is 0.0.3 alone).
 *
 * @throws RangeError if the version or a comparator that was looked at is malformed
 */
export function satisfies(version: string, range: string): boolean {
  parse(version);
  for (const alternative of range.split('||')) {
    const comparators = alternative.trim().split(/\s+/);
    const failed = comparators.find((comparator) => !holds(version, comparator));
    if (failed === undefined) {
      return true;
    }
  }
  return false;
}

function holds(version: string, comparator: string): boolean {
  if (comparator === '*') {
    return true;
  }
  const match = COMPARATOR.exec(comparator);
  if (match === null) {
    throw new RangeError(`not a comparator: ${comparator}`);
  }
  const order = compareVersions(version, match[2]);
  const base = parse(match[2]);
  switch (match[1]) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '~':
      return order >= 0 && compareVersions(version, `${base[0]}.${base[1] + 1}.0`) < 0;
    case '^':
      return order >= 0 && compareVersions(version, caretCeiling(base).join('.')) < 0;
    default:
      return order === 0;
  }
}

/**
 * Returns the newest of the versions that lies in the range `minimum` (included) to `below` (not
 * included), or null if none does. Without `below` there is no upper end. Equal versions may
 * occur more than once.
 *
 * @throws RangeError if any text is not a version
 */
export function newestBetween(
  versions: readonly string[],
  minimum: string,
  below?: string,
): string | null {
  let newest: string | null = null;
  for (const version of versions) {
    if (compareVersions(version, minimum) < 0) {
      continue;
    }
    if (below !== undefined && compareVersions(version, below) >= 0) {
      continue;
    }
    if (newest === null || compareVersions(version, newest) > 0) {
      newest = version;
    }
  }
  return newest;
}

/**
 * Returns the version after `count` releases of the given level: that number grows by `count`
 * and the numbers to its right become 0. A count of 0 leaves the version as it is.
 *
 * @throws RangeError if the text is not a version or the count is not a whole number from 0 up
 */
export function bumpVersion(version: string, level: Level, count = 1): string {
  const [major, minor, patch] = parse(version);
  if (count < 0 || count % 1 !== 0) {
    throw new RangeError(`count must be a whole number from 0 up: ${count}`);
  }
  if (count === 0) {
    return version;
  }
  if (level === 'major') {
    return `${major + count}.0.0`;
  }
  if (level === 'minor') {
    return `${major}.${minor + count}.0`;
  }
  return `${major}.${minor}.${patch + count}`;
}
