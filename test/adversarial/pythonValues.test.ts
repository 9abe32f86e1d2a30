import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TestOutcome, Verdict } from '../../src/engine/domain/verdict';
import { assertions, pythonJudge } from '../support/languageJudges';
import { plainPython } from '../support/plainPython';
import { pythonBehaviours } from '../support/pythonBehaviours';
import { pythonValueImports, pythonValues } from '../support/pythonValues';

const limits = { timeoutMs: 8000, memoryMb: 512 };

/** Equal to anything, by every way that Python has to ask. */
const liar =
  'class Any:\n    def __eq__(s, o): return True\n    __ne__ = lambda s, o: False\n    __hash__ = lambda s: 0\n    __repr__ = lambda s: "[]"\n';

describe('values between Python programs and their tests', () => {
  const python = pythonJudge();

  const judged = (source: string, tests: readonly string[], support = ''): Promise<Verdict> =>
    python.judged(source, assertions(tests), limits, { support, judging: 'apart' });
  const words = ({ outcome, message = '' }: TestOutcome): string =>
    outcome === 'passed' ? outcome : `${outcome}: ${message}`;

  const roundTrip = (value: string): string =>
    `v = ${value}\nr = f(v)\nassert r == v and type(r) is type(v) and repr(r) == repr(v)`;

  it('arrive as plain Python passes them, there and back', async () => {
    assert.ok(pythonValues.length >= 120);
    const tests = pythonValues.map(roundTrip);
    const source = `${pythonValueImports}def f(x): return x`;
    const verdict = await judged(source, tests, pythonValueImports);
    assert.equal(verdict.isolation, 'separate');
    const plain = await plainPython(source, tests, pythonValueImports);
    pythonValues.forEach((value, index) => {
      const told = verdict.tests[index];
      assert.ok(told, verdict.message);
      assert.equal(plain[index], 'passed', value);
      assert.equal(words(told), 'passed', value);
    });
  });

  it('arrive when the program makes them', async () => {
    const made = pythonValues.map((value) => `lambda: ${value}`).join(',\n    ');
    const source = `${pythonValueImports}MADE = [\n    ${made},\n]\ndef f(n): return MADE[n]()`;
    const tests = pythonValues.map(
      (value, index) =>
        `v = ${value}\nr = f(${String(index)})\nassert r == v and type(r) is type(v) and repr(r) == repr(v)`,
    );
    const verdict = await judged(source, tests, pythonValueImports);
    verdict.tests.forEach((told, index) => {
      assert.equal(words(told), 'passed', pythonValues[index]);
    });
    assert.equal(verdict.status, 'passed');
  });

  it('are never equal because the program says so', async () => {
    const tests = pythonValues.map((value) => `assert f(0) == ${value}`);
    for (const answer of ['Any()', '[Any()]', '{1: Any()}', '(Any(),)', 'lambda: Any()']) {
      const source = `${liar}def f(x): return ${answer}`;
      const verdict = await judged(source, tests, pythonValueImports);
      assert.equal(verdict.isolation, 'separate');
      const passed = verdict.tests.filter(({ outcome }) => outcome === 'passed');
      assert.deepEqual(passed, []);
    }
  });

  const scalar = fc.oneof(
    fc.integer().map(String),
    fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n }).map(String),
    fc.double().map((x) => (Number.isFinite(x) ? floatText(x) : `float("${String(x)}")`)),
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => JSON.stringify(text)),
    fc.uint8Array({ maxLength: 6 }).map((bytes) => `bytes([${bytes.join(', ')}])`),
    fc.constantFrom('None', 'True', 'False', '...', 'Decimal("1.0")', 'Fraction(1, 3)', '2j'),
  );
  const key = fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 3 }).map((items) => `tuple([${items.join(', ')}])`),
    fc.array(scalar, { maxLength: 3 }).map((items) => `frozenset([${items.join(', ')}])`),
  );
  const { value: nested } = fc.letrec<{ value: string }>((tie) => {
    const items = fc.array(tie('value'), { maxLength: 4 });
    const pairs = fc.array(fc.tuple(key, tie('value')), { maxLength: 4 });
    return {
      value: fc.oneof(
        { maxDepth: 5, withCrossShrink: true },
        scalar,
        items.map((all) => `[${all.join(', ')}]`),
        items.map((all) => `tuple([${all.join(', ')}])`),
        items.map((all) => `deque([${all.join(', ')}])`),
        fc.array(key, { maxLength: 4 }).map((all) => `set([${all.join(', ')}])`),
        pairs.map((all) => `{${all.map(([k, v]) => `${k}: ${v}`).join(', ')}}`),
        pairs.map((all) => `OrderedDict([${all.map(([k, v]) => `(${k}, ${v})`).join(', ')}])`),
      ),
    };
  });

  it('agree with plain Python for any nested data', async () => {
    const source = 'def f(x): return x';
    const changing = 'def f(x): return [x, x]';
    await fc.assert(
      fc.asyncProperty(fc.array(nested, { minLength: 30, maxLength: 40 }), async (values) => {
        const tests = values.flatMap((value) => [
          `v = ${value}\nassert f(v) == v`,
          `assert f(${value}) == ${value}`,
        ]);
        for (const program of [source, changing]) {
          const plain = await plainPython(program, tests, pythonValueImports);
          const verdict = await judged(program, tests, pythonValueImports);
          const outcomes = verdict.tests.map(({ outcome }) => outcome === 'passed');
          assert.deepEqual(
            outcomes,
            plain.map((one) => one === 'passed'),
            verdict.message,
          );
        }
      }),
      { numRuns: 6 },
    );
  });

  for (const { what, right, wrong, test } of pythonBehaviours) {
    it(`are judged as plain Python would: ${what}`, async () => {
      assert.deepEqual(await plainPython(right, [test]), ['passed']);
      const honest = await judged(right, [test]);
      assert.deepEqual(honest.tests.map(words), ['passed'], honest.message);
      assert.equal(honest.isolation, 'separate');
      assert.notDeepEqual(await plainPython(wrong, [test]), ['passed']);
      const refused = await judged(wrong, [test]);
      assert.notEqual(refused.status, 'passed');
      assert.notEqual(refused.status, 'infrastructure');
      const lying = await judged(`${liar}def f(*a, **k): return Any()`, [test]);
      assert.notEqual(lying.status, 'passed');
    });
  }

  const swallowing: readonly (readonly [string, string, string])[] = [
    [
      'an assertion in a callback',
      'def f(g):\n    try: g(1)\n    except BaseException: pass',
      'def g(x): assert x == 2\nf(g)',
    ],
    [
      'an assertion in a generator of the test',
      'def f(it):\n    try: next(it)\n    except BaseException: pass',
      'def items():\n    assert False\n    yield 1\nf(items())',
    ],
    [
      'an assertion inside its context',
      'class C:\n    def __enter__(self): return 1\n    def __exit__(self, *a): return True\ndef f(g): return C()',
      'with f(1) as x:\n    assert x == 2',
    ],
    [
      'an assertion inside its asynchronous context',
      'class C:\n    async def __aenter__(self): return 1\n    async def __aexit__(self, *a): return True\ndef f(g): return C()',
      'import asyncio\nasync def main():\n    async with f(1) as x:\n        assert x == 2\nasyncio.run(main())',
    ],
  ];
  for (const [what, source, test] of swallowing) {
    it(`leave the decision to the tests: a program cannot swallow ${what}`, async () => {
      const verdict = await judged(source, [test]);
      assert.equal(verdict.isolation, 'separate');
      assert.equal(verdict.status, 'failed');
    });
  }

  it('leave the decision to the tests: no error is ended by a context of the program', async () => {
    const source =
      'class C:\n    def __enter__(self): return "x"\n    def __exit__(self, *a): return True\ndef f(): return C()';
    const test = 'with f() as x:\n    y = x + 1\n    assert y == 2';
    assert.deepEqual(await plainPython(source, [test]), ['passed']);
    const verdict = await judged(source, [test]);
    assert.equal(verdict.isolation, 'separate');
    assert.match(verdict.message ?? '', /TypeError/);
    assert.notEqual(verdict.status, 'passed');
  });

  it('recurse as deeply as in plain Python', async () => {
    const source =
      'def f():\n    deepest = 0\n    def down(n):\n        nonlocal deepest\n        deepest = n\n        down(n + 1)\n    try: down(1)\n    except RecursionError: return deepest';
    const told = await judged(source, ['assert f() == 0']);
    const [plain = ''] = await plainPython(`${source}\nassert f() >= 0`, ['raise ValueError(f())']);
    const depth = Number(told.tests[0]?.actual);
    const plainDepth = Number(/\((\d+),\)/.exec(plain)?.[1]);
    assert.ok(Math.abs(depth - plainDepth) <= 20, `${String(depth)} and ${String(plainDepth)}`);
  });

  it('tell how long tests took that never end', async () => {
    const verdict = await python.judged(
      'def f(): return 1',
      assertions(['f()\nwhile True: pass']),
      { timeoutMs: 1000, memoryMb: 256 },
      { judging: 'apart' },
    );
    assert.equal(verdict.status, 'timedOut');
    assert.ok(verdict.durationMs >= 1000, String(verdict.durationMs));
  });
});

/** A number that Python reads as a float. */
function floatText(x: number): string {
  if (Object.is(x, -0)) return '-0.0';
  const text = String(x);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
