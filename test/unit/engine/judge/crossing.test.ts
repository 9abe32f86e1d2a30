import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import { assetsFolder } from '../../../support/assets';

interface Side {
  readonly request: (asked: object, args: readonly unknown[]) => unknown;
  readonly answer: (text: string) => string;
}

/** The tests' side, to which the program's answers what it likes. */
function checkingSide(reply: () => unknown): Side {
  const context = createContext({ send: () => JSON.stringify(reply()) });
  for (const name of ['encoding', 'decoding', 'crossing']) {
    runInContext(readFileSync(path.join(assetsFolder, `${name}.js`), 'utf8'), context);
  }
  return runInContext('globalThis.__crossing({ send, isChecker: true })', context) as Side;
}

/** All that could be a key of a list and is no place in a list of one. */
const noPlace = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'length', '0', null, true, -1, 1, 0.5, [0], {}),
  fc.integer().filter((number) => number !== 0),
  fc.double(),
  fc.string(),
);

describe('what a program answers to its tests', () => {
  it('refers to what was given, by its number', () => {
    const given = {};
    assert.equal(
      checkingSide(() => ({ value: { $: 'same', v: 0 } })).request({ ask: 'call' }, [given]),
      given,
    );
  });

  it('refers to nothing else, whatever it has for a number', () => {
    fc.assert(
      fc.property(noPlace, fc.constantFrom('same', 'yours'), (v, kind) => {
        const side = checkingSide(() => ({ value: { $: kind, v } }));
        // JSON has no negative zero and nothing that is not finite.
        fc.pre(!Object.is(v, 0) && !Object.is(v, -0));
        assert.throws(() => side.request({ ask: 'call' }, [{}]), /never given/);
      }),
      { numRuns: 60 },
    );
  });

  it('calls nothing that it was not given', () => {
    for (const ask of ['call', 'step', 'steps']) {
      for (const v of ['__proto__', 'length', 'push', -1, 0, null]) {
        const side = checkingSide(() => ({ value: 1 }));
        const told = side.answer(JSON.stringify({ ask, v, how: 'next', count: 1, args: [] }));
        assert.match(told, /"raised".*never given/);
      }
    }
  });

  it('holds no function of the language', () => {
    for (const known of ['for', 'constructor', 'prototype', '__proto__']) {
      const side = checkingSide(() => ({ value: { $: 'symbol', known } }));
      assert.equal(side.request({ ask: 'call' }, []), undefined);
    }
  });

  it('leaves functions of the tests as they were', () => {
    const given = (): void => undefined;
    const after = [{ $: 'object', own: [['changed', 1]] }];
    checkingSide(() => ({ value: 1, after })).request({ ask: 'call' }, [given]);
    assert.deepEqual(Object.keys(given), []);
  });
});
