import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Lesson } from '../../../../src/engine/domain/rounds';
import {
  admitLesson,
  afterUses,
  drawnLesson,
  findLessons,
  mostKept,
} from '../../../../src/engine/memory/lessons';

const lesson = (text: string, about = text, parts: Partial<Lesson> = {}): Lesson => ({
  ...drawnLesson(text, { language: 'python', about, task: 't', round: 1 }),
  ...parts,
});

describe('lessons', () => {
  it('are found again by what they are about, in their language, while they are active', () => {
    const dates = lesson('If a date has no month, then raise ValueError', 'parse dates calendar');
    const money = lesson('If a price is negative, then keep its sign', 'format money price');
    const all = [dates, money, { ...dates, id: 'js', language: 'javascript' } as const];
    const about = (words: string) => findLessons(all, { language: 'python', about: words });
    assert.deepEqual(about('Write parse, which reads dates'), [dates]);
    assert.deepEqual(about('print a price'), [money]);
    assert.deepEqual(about('sort a list of the numbers'), [], 'common words are no reason');
    const off = all.map((one) => ({ ...one, state: 'off' as const }));
    assert.deepEqual(findLessons(off, { language: 'python', about: 'dates' }), []);
  });

  it('are told three at most, those that won first among equals', () => {
    const all = Array.from({ length: 6 }, (_, at) =>
      lesson(`dates ${'bcdefg'[at] ?? ''}`, '', { wins: at }),
    );
    const found = findLessons(all, { language: 'python', about: 'dates' });
    assert.deepEqual(
      found.map(({ wins }) => wins),
      [5, 4, 3],
    );
  });

  it('are retired when they lose more than they win, after five uses', () => {
    const uses = (wins: number, losses: number) => [
      ...Array.from({ length: wins }, () => ({ text: 'a', isWin: true })),
      ...Array.from({ length: losses }, () => ({ text: 'a', isWin: false })),
    ];
    const after = (wins: number, losses: number) =>
      afterUses([lesson('a'), lesson('b')], uses(wins, losses)).map(({ state }) => state);
    assert.deepEqual(after(0, 4), ['active', 'active']);
    assert.deepEqual(after(2, 3), ['retired', 'active']);
    assert.deepEqual(after(3, 2), ['active', 'active']);
    const off = afterUses([lesson('a', '', { state: 'off' })], uses(9, 0));
    assert.deepEqual(
      off.map(({ state, wins }) => [state, wins]),
      [['off', 9]],
    );
  });

  it('take the place of a twin, and stay out where a person switched that off', () => {
    const old = lesson('If the list is empty, then return zero', '', { wins: 3, losses: 1 });
    const same = lesson('If the list is empty then return zero at once');
    const [kept, ...more] = admitLesson([old], same);
    assert.deepEqual([kept?.id, kept?.wins, more.length], [same.id, 3, 0]);
    const off = [{ ...old, state: 'off' as const }];
    assert.deepEqual(admitLesson(off, same), off);
    assert.deepEqual(admitLesson([], lesson('  ')), []);
  });

  it('never grow beyond their bound, and lose the one that helped least', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -3, max: 9 }), { minLength: 1, maxLength: 130 }),
        (nets) => {
          let book: readonly Lesson[] = [];
          nets.forEach((net, at) => {
            const text = `rule ${String(at)} ${'xyzuvw'[at % 6] ?? ''}${String(at * 7919)} q${String(at)}`;
            book = admitLesson(
              book,
              lesson(text, '', { wins: Math.max(0, net), losses: Math.max(0, -net) }),
            );
          });
          assert.ok(book.length <= mostKept);
          assert.equal(new Set(book.map(({ id }) => id)).size, book.length);
        },
      ),
      { numRuns: 15 },
    );
    const full = Array.from({ length: mostKept }, (_, at) =>
      lesson(`${String(at)} only ${String(at * 31)} w${String(at)}`, '', {
        wins: at === 7 ? 0 : 5,
      }),
    );
    const book = admitLesson(full, lesson('something wholly else here', '', { wins: 1 }));
    assert.equal(book.length, mostKept);
    assert.ok(!book.some(({ id }) => id === full[7]?.id));
  });
});
