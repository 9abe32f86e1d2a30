import assert from 'node:assert/strict';
import { copiesLiteral } from '../../../../../src/engine/solvers/search/choose';
import { choiceWords } from '../../../../../src/engine/solvers/search/words';

describe('the choice among programs that pass', () => {
  it('sees literals that come from the tests alone', () => {
    const tests = "assert f('ab') == 'xyz'\nassert f('') == 37";
    const copies = (added: string, removed: string, prompt = 'Write f.'): boolean =>
      copiesLiteral({ added, removed }, tests, prompt);
    assert.ok(copies("return 'xyz'", ''));
    assert.ok(copies('37', '36'));
    assert.ok(!copies('37', '36', 'Return 37 for nothing.'));
    assert.ok(!copies('0', '1'));
    assert.ok(!copies("x + 'xyz'", "'xyz'"));
  });

  it('is told with what speaks for it and the call that would decide', () => {
    const words = choiceWords({
      ...{ passing: 3, behaviours: 2, tellingTests: 1, measured: { right: 3, of: 4 } },
      decidingTest: { call: 'f(0)', answers: ['0', '1'] },
      alternatives: [],
    });
    assert.equal(
      words,
      '3 programs pass, in 2 behaviours; one visible test tells programs apart; ' +
        'so chosen, 3 of 4 were right where measured; f(0) would decide: 0 or 1',
    );
  });

  it('does not make up a share that nobody measured', () => {
    const measured = { right: 0, of: 0 };
    const words = choiceWords({
      passing: 1,
      behaviours: null,
      tellingTests: 2,
      measured,
      alternatives: [],
    });
    assert.match(words, /was not measured/);
  });
});
