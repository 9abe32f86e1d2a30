import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  budgetStopIn,
  budgetStopText,
  type BudgetStop,
} from '../../../../src/engine/domain/budgetStop';

describe('what a budget that stopped work says', () => {
  it('is read back from its text, whatever the bound', () => {
    const stops: fc.Arbitrary<BudgetStop> = fc.record({
      scope: fc.constantFrom('run', 'day'),
      bound: fc.constantFrom('dollars', 'tokens', 'calls', 'minutes'),
      limit: fc.oneof(fc.nat(), fc.double({ min: 1e-9, max: 1e6, noNaN: true })),
      isCut: fc.boolean(),
    });
    fc.assert(
      fc.property(stops, (stop) => {
        assert.deepEqual(budgetStopIn(budgetStopText(stop)), { ...stop });
      }),
    );
  });

  it('names one of a kind in the singular, and is not found in other texts', () => {
    assert.equal(
      budgetStopText({ scope: 'day', bound: 'calls', limit: 1, isCut: false }),
      'the next call could pass the bound of the day: 1 call',
    );
    assert.equal(budgetStopIn('status 500: no'), null);
  });
});
