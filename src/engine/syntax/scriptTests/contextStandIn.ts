/** Test frameworks whose tests check by what they are given. */
export const contextModules = /^(?:tape|tap|ava|zora)$/;

/**
 * What stands in for the context of tape, tap and ava: their checks by the names that they have there,
 * which hold or throw as Node's assertions do.
 */
export const contextStandIn = `import * as contextAssertions from 'node:assert/strict';
const testContext = (() => {
  const { AssertionError, deepStrictEqual, doesNotThrow, match, notDeepStrictEqual } = contextAssertions;
  const { notStrictEqual, ok, rejects, strictEqual, throws } = contextAssertions;
  const told = (message) => (message instanceof Error ? message : String(message ?? 'it failed'));
  const fail = (message) => {
    throw new AssertionError({ message: told(message) });
  };
  const not = (value, message) => ok(!value, message);
  // The second argument may be no more than the words for it.
  const throwing = (action, expected) =>
    expected === undefined || typeof expected === 'string' ? throws(action) : throws(action, expected);
  const nothing = () => {};
  return {
    ...{ ok, true: ok, truthy: ok, assert: ok, notOk: not, false: not, falsy: not, fail },
    ...{ equal: strictEqual, equals: strictEqual, is: strictEqual, strictEqual, isEqual: strictEqual },
    ...{ not: notStrictEqual, notEqual: notStrictEqual, notEquals: notStrictEqual, isNot: notStrictEqual },
    ...{ deepEqual: deepStrictEqual, deepEquals: deepStrictEqual, same: deepStrictEqual },
    ...{ strictSame: deepStrictEqual, isDeeply: deepStrictEqual, isEquivalent: deepStrictEqual },
    ...{ notDeepEqual: notDeepStrictEqual, notSame: notDeepStrictEqual },
    ...{ throws: throwing, throwsAsync: rejects, rejects, doesNotThrow, notThrows: doesNotThrow, match },
    ...{ regex: match, pass: nothing, end: nothing, plan: nothing, comment: nothing },
    error: (value) => ok(!value, told(value)),
  };
})();`;

/** Members of such a context that do not stand there. */
export const missingFromContext =
  /^\w+\.(?!(?:ok|true|truthy|assert|notOk|false|falsy|fail|equals?|is|strictEqual|isEqual|not|notEquals?|isNot|deepEquals?|same|strictSame|isDeeply|isEquivalent|notDeepEqual|notSame|throws|throwsAsync|rejects|doesNotThrow|notThrows|match|regex|pass|end|plan|comment|error)\b)\w+/;
