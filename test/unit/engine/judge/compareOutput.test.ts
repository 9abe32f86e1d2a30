import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IoComparison } from '../../../../src/engine/domain/task';
import { compareOutput } from '../../../../src/engine/judge/io/compareOutput';

const same = (expected: string, printed: string, how?: IoComparison): boolean =>
  compareOutput(expected, Buffer.from(printed), how) === null;
const near: IoComparison = { tolerance: 1e-6 };
const word = fc.stringMatching(/^[!-~]{1,6}$/);
const space = fc.stringMatching(/^[ \t\r\n]{1,3}$/);

describe('comparing what a program printed', () => {
  it('by words takes any white space for any other, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(word), fc.array(word), fc.infiniteStream(space), (a, b, spaces) => {
        const spaced = (words: readonly string[]): string =>
          words.map((one) => one + String(spaces.next().value)).join('');
        const areSame = a.length === b.length && a.every((one, place) => one === b[place]);
        assert.equal(same(spaced(a), spaced(b)), areSame);
        assert.equal(same(spaced(a), spaced(a)), true);
      }),
    );
  });

  it('exactly takes only what was expected, one last line end more or less', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const ended = (text: string): string => text.replace(/\r?\n$/, '');
        assert.equal(same(a, b, 'exact'), ended(a) === ended(b));
        assert.equal(same(a, `${ended(a)}\n`, 'exact'), true);
      }),
    );
    assert.equal(same('a', 'a\n\n', 'exact'), false);
    assert.equal(same('a b', 'a  b', 'exact'), false);
  });

  it('exactly compares bytes, also where they are no text', () => {
    assert.notEqual(compareOutput('\ufffd', Buffer.from([0xff]), 'exact'), null);
  });

  for (const how of ['tokens', 'exact', { tolerance: 0.1 }] as const) {
    it(`takes bytes that are no text for no text at all, compared as ${JSON.stringify(how)}`, () => {
      const valid = Buffer.from('é \ufffd 語 😀');
      assert.equal(compareOutput('é \ufffd 語 😀', valid, how), null);
      for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xe9], [0xf0, 0x9f, 0x98]]) {
        const read = Buffer.from(bytes).toString('utf8');
        assert.ok(/^\ufffd+$/.test(read));
        for (const around of ['', 'x ', '語 ']) {
          const printed = Buffer.concat([Buffer.from(around), Buffer.from(bytes)]);
          assert.notEqual(compareOutput(around + read, printed, how), null);
        }
      }
    });
  }

  it('shows bytes that are no text as bytes, and text as text', () => {
    const told = compareOutput('é \ufffd', Buffer.from([0xc3, 0xa9, 32, 0xff, 0x0a]));
    assert.equal(told?.message, 'line 1, word 2 of the output: expected "\ufffd", got "\\\\xff"');
    assert.equal(told?.expected, 'é \ufffd');
    assert.equal(compareOutput('語', Buffer.from('誰'))?.actual, '誰');
  });

  it('with a tolerance takes numbers that near, absolutely or relatively, and no others', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), (x) => {
        const off = Math.max(1, Math.abs(x)) * 1e-6;
        assert.equal(same(String(x), String(x + off / 2), near), true);
        assert.equal(same(String(x), String(x + off * 3), near), false);
      }),
    );
    assert.equal(same('1.0 yes', '1.0000001 yes', near), true);
    assert.equal(same('1.0 yes', '1 no', near), false);
    assert.equal(same('1e3', '1000.0', near), true);
  });

  const asText: readonly (readonly [string, string, boolean])[] = [
    ['nan', 'nan', true],
    ['nan', 'NaN', false],
    ['inf', 'inf', true],
    ['inf', '1e999', false],
    ['1e999', '1e998', false],
    ['0x10', '16', false],
    ['', '0', false],
    ['9007199254740993', '9007199254740992', false],
    ['9007199254740993', '+9007199254740993', true],
    ['9007199254740993', '9007199254740993.0', false],
  ];
  for (const [expected, printed, areSame] of asText) {
    it(`with a tolerance takes ${expected || 'nothing'} and ${printed} for ${areSame ? 'the same' : 'different'}`, () => {
      assert.equal(same(expected, printed, near), areSame);
    });
  }

  it('names the line and the word that differ first, with both lines', () => {
    const difference = compareOutput('1 2\n3 4\n5\n', Buffer.from('1 2\n3 7\n5\n'));
    assert.deepEqual(difference, {
      line: 2,
      message: 'line 2, word 4 of the output: expected "4", got "7"',
      expected: '3 4',
      actual: '3 7',
    });
  });

  it('says where the output ends too early and where it goes on', () => {
    const early = compareOutput('1\n2\n', Buffer.from('1\n'));
    assert.match(early?.message ?? '', /ends where "2" should follow \(word 2\)/);
    const late = compareOutput('1\n', Buffer.from('1\n2\n'));
    assert.match(late?.message ?? '', /goes on where it should end: "2" \(line 2, word 2/);
    const exact = compareOutput('ab\ncd', Buffer.from('ab\ncx'), 'exact');
    assert.equal(exact?.message, 'line 2 of the output differs: expected "cd", got "cx"');
  });

  it('tells a difference in bounded length, whatever was printed', () => {
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.constantFrom<IoComparison>('exact', 'tokens', near),
        (n, how) => {
          const long = 'x'.repeat(n * 40);
          const difference = compareOutput(`${long}a`, Buffer.from(`${long}b`), how);
          assert.ok(difference && JSON.stringify(difference).length < 4000);
        },
      ),
      { numRuns: 30 },
    );
  });
});
