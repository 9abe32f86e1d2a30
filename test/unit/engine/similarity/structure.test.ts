import assert from 'node:assert/strict';
import fc from 'fast-check';
import { structureOf } from '../../../../src/engine/similarity/structure';

const program = `from typing import List

def merge_sorted(left: List[int], right: List[int]) -> List[int]:
    """ Merges two lists. """
    out = []
    while left and right:
        smaller = left if left[0] < right[0] else right
        out.append(smaller.pop(0))
    return out + left + right
`;

/** The share of the runs of one program that stand in another. */
function shared(own: string, other: string, language = 'python'): number {
  const [runs, all] = [structureOf(own, language), structureOf(other, language)];
  assert.ok(runs.size > 0);
  return [...runs].filter((run) => all.has(run)).length / runs.size;
}

describe('the structure of a program', () => {
  it('is the same under other names, comments, quotes, annotations and layout', () => {
    const other = `def f1(
  a,
  b = None,
):
  # two heads
  result = []
  while (a and b):

    head = (a if a[0] < b[0] else b)  # the smaller
    result.append(head.pop(0),)
  return (result + a + b)
`;
    assert.equal(shared(program, other), 1);
    assert.equal(shared(other, program), 1);
  });

  it('is the same in scripts under other names, with other ends of statements', () => {
    const one = `export function total(items: number[]): number {
  let sum = 0;
  for (const item of items) { sum += item * 2 } /* twice */
  return sum;
}`;
    const other =
      'function f(a){let t=0;for(const x of a){t+=x*2}return t}\n// the sum of all of them';
    assert.equal(shared(one, other, 'typescript'), 1);
  });

  it('holds for any consistent names', () => {
    const name = fc.stringMatching(/^[a-z]{3,8}_[0-9]{1,3}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 4, maxLength: 4 }), (names) => {
        let text = program;
        ['left', 'right', 'out', 'smaller'].forEach((old, at) => {
          text = text.replaceAll(new RegExp(`\\b${old}\\b`, 'g'), names[at] ?? '');
        });
        assert.equal(shared(program, text), 1);
      }),
    );
  });

  it('keeps most of itself behind a changed statement, and nothing of another program', () => {
    const changed = program.replace('out = []', 'out = list()\n    print(len(left))');
    assert.ok(shared(program, changed) > 0.5);
    const swapped = program.replace('out + left + right', 'right + left');
    assert.ok(shared(program, swapped) < 1);
    const other = 'def g(n):\n    return sum(i for i in range(n) if n % i == 0) == n * 2 + 1 - 3\n';
    assert.equal(shared(program, other), 0);
  });

  it('tells members, names of the language, numbers and strings apart', () => {
    const line = (inner: string): string =>
      `def f(x):\n    y = 1\n    z = 2\n    return ${inner}\n`;
    const base = line("x.upper() + len(y) * 3 - 'a'");
    for (const other of [
      "x.lower() + len(y) * 3 - 'a'",
      "x.upper() + sum(y) * 3 - 'a'",
      "x.upper() + len(y) * 4 - 'a'",
      "x.upper() + len(y) * 3 - 'b'",
      "x.upper() + len(z) * 3 - 'a'",
    ]) {
      assert.ok(shared(base, line(other)) < 1, other);
    }
    assert.equal(shared(base, line('x.upper() + len(y) * 3.0 - "a"')), 1);
  });

  it('is read in a time that grows with the length of hostile texts', () => {
    const long = 40_000;
    for (const text of ['def ', '"""', "'", '/*', '`', '#', ' ', 'def f(', '\\', '"\\']) {
      for (const language of ['python', 'typescript']) {
        structureOf(text.repeat(long / text.length), language);
        structureOf(`${text.repeat(long / text.length)}'`, language);
      }
    }
  });
});
