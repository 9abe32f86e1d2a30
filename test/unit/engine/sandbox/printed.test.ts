import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maxOutputChars, maxPrintedChars } from '../../../../src/engine/domain/verdict';
import { Printed } from '../../../../src/engine/sandbox/printed';

function printedOf(parts: readonly string[]): Printed {
  const printed = new Printed();
  for (const part of parts) printed.add(part);
  return printed;
}

describe('what a program prints', () => {
  it('is kept as it is while it is short', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) => {
        assert.equal(printedOf(parts).toString(), parts.join(''));
      }),
    );
    assert.equal(printedOf(['x'.repeat(maxOutputChars)]).toString().length, maxOutputChars);
  });

  it('is cut in the middle where it is long, however it came', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sizes, (lengths) => {
        let at = 0;
        const parts = lengths.map((length) =>
          Array.from({ length }, () => String(at++ % 10)).join(''),
        );
        const whole = parts.join('');
        const printed = printedOf(parts);
        assert.equal(printed.length, whole.length);
        const told = printed.toString();
        assert.ok(told.length <= maxOutputChars);
        if (whole.length <= maxOutputChars) return assert.equal(told, whole);
        const [, head = '', leftOut = '', tail = ''] =
          /^(\d+)\n\[(\d+) characters left out\]\n(\d+)$/.exec(told) ?? [];
        assert.ok(head.length > 30_000 && tail.length > 30_000);
        assert.ok(whole.startsWith(head) && whole.endsWith(tail));
        assert.equal(head.length + Number(leftOut) + tail.length, whole.length);
      }),
      { numRuns: 40 },
    );
  });

  it('is too much only above the bound', () => {
    const part = 'x'.repeat(1024);
    const printed = printedOf(Array.from({ length: maxPrintedChars / 1024 }, () => part));
    assert.equal(printed.isTooMuch, false);
    printed.add('x');
    assert.equal(printed.isTooMuch, true);
  });
});
