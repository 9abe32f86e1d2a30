import assert from 'node:assert/strict';
import fc from 'fast-check';
import { uniformOf } from '../../../../src/engine/statistics/uniform';
import { kCentre } from '../../../../src/engine/similarity/kCentre';
import { isNovel, rougeL } from '../../../../src/engine/similarity/rougeL';
import { jaccard, jaccardFrom, shinglesOf } from '../../../../src/engine/similarity/shingles';
import { nearDuplicates } from '../../../support/nearDuplicates';

/** Texts of which many are others with some words changed. */
function variants(count: number, seed: number): string[] {
  const next = uniformOf(seed, 'variants');
  const word = (): string => `w${String(Math.floor(next() * 400))}`;
  const texts: string[][] = [];
  for (let made = 0; made < count; made++) {
    const base = texts[Math.floor(next() * texts.length)];
    if (base && next() < 0.5) {
      const share = next() * 0.04;
      texts.push(base.map((old) => (next() < share ? word() : old)));
    } else texts.push(Array.from({ length: 60 + Math.floor(next() * 80) }, word));
  }
  return texts.map((words) => words.join(' '));
}

describe('the similarity of two sets', () => {
  it('is the same when asked for from a bound on, and nothing below it', () => {
    const set = fc.uniqueArray(fc.nat(40)).map((numbers) => Uint32Array.from(numbers).sort());
    fc.assert(
      fc.property(set, set, fc.double({ min: 0.1, max: 1, noNaN: true }), (a, b, least) => {
        const exact = jaccard(a, b);
        assert.equal(jaccardFrom(a, b, least), exact >= least ? exact : null);
      }),
    );
  });
});

describe('the shingles of a text', () => {
  it('are the same whether or not a text holds letters beyond ASCII elsewhere', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9_]{1,8}$/);
    const gap = fc.constantFrom(' ', '\n', ' (', '); ', '\t\u0001', '.');
    const texts = fc.array(fc.tuple(word, gap), { minLength: 60, maxLength: 90 });
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.flat().join('');
        assert.deepEqual(shinglesOf(text), shinglesOf(`${text} «»`));
        assert.deepEqual(shinglesOf(text), shinglesOf(text.toUpperCase()));
        const shingles = [...shinglesOf(text)];
        assert.deepEqual(
          shingles,
          [...new Set(shingles)].sort((a, b) => a - b),
        );
      }),
    );
  });
});

describe('near duplicates', () => {
  it('are found as an exact comparison finds them, and nothing below the threshold is merged', () => {
    const texts = variants(600, 4);
    const sets = texts.map(shinglesOf);
    const found = nearDuplicates(texts);
    for (const { item, of, similarity } of found) {
      assert.equal(
        similarity,
        jaccard(sets[item] ?? new Uint32Array(), sets[of] ?? new Uint32Array()),
      );
      assert.ok(similarity >= 0.7 && of < item);
    }
    const left = new Set(found.map(({ item }) => item));
    const kept = texts.map((_, place) => place).filter((place) => !left.has(place));
    const missed = kept.filter((place) =>
      kept.some(
        (other) =>
          other < place &&
          jaccard(sets[place] ?? new Uint32Array(), sets[other] ?? new Uint32Array()) >= 0.75,
      ),
    );
    assert.ok(left.size > 100, 'there were some to find');
    assert.ok(
      missed.length <= left.size * 0.01,
      `${String(missed.length)} of ${String(left.size)}`,
    );
  });

  it('are told of short texts too, by their characters', () => {
    const texts = ['return a + b', 'return a  +  b', 'return a - b * c', ''];
    const found = nearDuplicates(texts);
    assert.deepEqual(
      found.map(({ item, of }) => [item, of]),
      [[1, 0]],
    );
  });
});

describe('ROUGE-L', () => {
  it('is twice the common subsequence over all words', () => {
    assert.equal(rougeL('the cat sat', 'the cat ran'), 4 / 6);
    assert.equal(rougeL('', ''), 1);
    assert.equal(rougeL('a', ''), 0);
  });

  it('is symmetric, 1 for the same text, and agrees with the novelty filter', () => {
    const text = fc.array(fc.constantFrom('sum', 'list', 'of', 'two', 'max'), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [left, right] = [a.join(' '), b.join(' ')];
        assert.equal(rougeL(left, right), rougeL(right, left));
        if (a.length > 0) assert.equal(rougeL(left, left), 1);
        if (a.length > 0 && b.length > 0) {
          assert.equal(isNovel(left, [right]), rougeL(left, right) <= 0.7);
        }
      }),
    );
  });
});

describe('k-centre', () => {
  it('takes one of each group before a second of any', () => {
    const texts = ['a b c d e f', 'a b c d e g', 'x y z u v w', 'x y z u v t', 'm n o p q r'];
    const chosen = kCentre(texts.map(shinglesOf), 3);
    assert.deepEqual(
      chosen.map((place) => texts[place]?.[0]),
      ['a', 'x', 'm'],
    );
    assert.equal(kCentre(texts.map(shinglesOf), 99).length, texts.length);
    assert.deepEqual(kCentre([], 2), []);
  });
});
