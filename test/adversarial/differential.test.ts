import assert from 'node:assert/strict';
import type { DifferentialTest, Language, Test } from '../../src/engine/domain/task';
import type { Verdict } from '../../src/engine/domain/verdict';
import { machineJudge } from '../support/machineJudge';

const limits = { timeoutMs: 4000, memoryMb: 256 };
const python = 'def f(xs):\n    return sorted(set(xs))\n';
const script = 'function f(xs) { return [...new Set(xs)].sort((a, b) => a - b); }';
const numbers: DifferentialTest = {
  ...{ id: 'd', role: 'hidden', kind: 'differential', seed: 7, inputs: 60 },
  examples: [
    { args: [[3, 1, 2, 3]], kwargs: null },
    { args: [[]], kwargs: null },
  ],
};

describe('programs compared with their reference', () => {
  const machine = machineJudge();

  function judged(
    source: string,
    parts: {
      readonly language?: Language;
      readonly reference?: string;
      readonly tests?: readonly Test[];
    } = {},
  ): Promise<Verdict> {
    const { language = 'python', tests = [numbers] } = parts;
    const reference = parts.reference ?? (language === 'python' ? python : script);
    const program = { language, source, reference, entryPoint: 'f' };
    return machine.judge.judge(program, tests, limits, new AbortController().signal);
  }

  it('pass where they agree, whatever they look like', async () => {
    const other = `def f(xs):
    out = []
    for x in sorted(xs):
        if not out or out[-1] != x: out.append(x)
    return out
`;
    const verdict = await judged(other);
    assert.deepEqual([verdict.status, verdict.isolation], ['passed', 'separate'], verdict.message);
    const typescript =
      'export const f = (xs: number[]): number[] => xs.filter((x, i) => xs.indexOf(x) === i).sort((a, b) => a - b);';
    assert.equal((await judged(typescript, { language: 'typescript' })).status, 'passed');
  });

  it('fail where they do not, and the call is named', async () => {
    const verdict = await judged('def f(xs):\n    return sorted(xs)\n');
    assert.equal(verdict.status, 'failed');
    assert.match(
      verdict.message ?? '',
      /^f\(\[3, 1, 2, 3\]\): expected \[1, 2, 3\], got \[1, 2, 3, 3\]$/,
    );
    const inScript = await judged('function f(xs) { return [...xs].sort(); }', {
      language: 'javascript',
    });
    assert.equal(inScript.status, 'failed');
    assert.equal(inScript.tests[0]?.outcome, 'failed');
  });

  it('fail where they change an argument that the reference leaves alone', async () => {
    const verdict = await judged('def f(xs):\n    xs.sort()\n    return sorted(set(xs))\n');
    assert.equal(verdict.status, 'failed');
    assert.match(verdict.message ?? '', /arguments afterwards/);
  });

  const wrong: readonly (readonly [string, string, readonly string[]])[] = [
    ['raise', 'def f(xs): raise ValueError()', ['failed']],
    [
      'give what equals everything',
      'class E:\n  def __eq__(self, o): return True\ndef f(xs): return E()',
      ['failed'],
    ],
    ['end the process as if all were well', 'import os\ndef f(xs): os._exit(0)', ['crashed']],
    ['never end', 'def f(xs):\n  while True: pass', ['timedOut']],
    ['do not compile', 'def f(xs:', ['notCompiled']],
    ['end while they are loaded', 'raise ValueError()', ['crashed']],
    [
      'give the answers that they can find in their process',
      'import gc\ndef f(xs):\n  return next((o for o in gc.get_objects() if isinstance(o, list) and o == sorted(set(o)) and o), None)',
      ['failed'],
    ],
  ];
  for (const [what, source, statuses] of wrong) {
    it(`fail where they ${what}, and the next is judged as ever`, async () => {
      const verdict = await judged(source);
      assert.ok(statuses.includes(verdict.status), `${verdict.status} ${verdict.message ?? ''}`);
      assert.equal((await judged(python)).status, 'passed');
    });
  }

  it('are not judged where the reference settles too little', async () => {
    const references = {
      'is random': 'import random\nrandom.seed()\ndef f(xs): return random.random()',
      'depends on the order of a set':
        'def f(xs): return list({str(x) + "a" for x in xs} | {"b", "c", "d", "e"})',
      raises: 'def f(xs): raise ValueError()',
      'gives what is no data': 'def f(xs): return object()',
      'does not load': 'raise ValueError()',
      'never ends': 'def f(xs):\n  while True: pass',
    };
    for (const [what, reference] of Object.entries(references)) {
      const verdict = await judged('def f(xs): return 0', { reference });
      assert.equal(verdict.status, 'infrastructure', what);
      assert.match(verdict.message ?? '', /to compare with on only \d+ of 60 inputs/, what);
    }
  });

  it('are compared only where the reference gives something to compare with', async () => {
    const reference = 'def f(xs):\n    if len(xs) > 3: raise ValueError()\n    return len(xs)\n';
    assert.equal((await judged('def f(xs): return len(xs)', { reference })).status, 'passed');
  });

  it('keep arguments of odd types', async () => {
    const odd: DifferentialTest = {
      ...numbers,
      examples: [{ args: [{ $: 'complex', v: ['1.0', '2.0'] }, [1, 2]], kwargs: null }],
    };
    const source = 'def f(z, xs): return (type(z).__name__, z.imag, sum(xs))';
    assert.equal((await judged(source, { reference: source, tests: [odd] })).status, 'passed');
  });

  it('are judged by every kind of test of their task, as one verdict in the order of the tests', async () => {
    const tests: readonly Test[] = [
      { id: 'i', role: 'hidden', kind: 'io', stdin: '3 1 3', stdout: '[1, 3]' },
      numbers,
      { id: 'a', role: 'visible', kind: 'assert', source: 'assert f([2, 1]) == [1, 2]' },
    ];
    const reading = `${python}if __name__ == "__main__":\n    print(f(list(map(int, input().split()))))\n`;
    const verdict = await judged(reading, { tests });
    assert.equal(verdict.status, 'passed', verdict.message);
    assert.deepEqual(
      verdict.tests.map(({ id, outcome }) => [id, outcome]),
      [
        ['i', 'passed'],
        ['d', 'passed'],
        ['a', 'passed'],
      ],
    );
    const silent = await judged(python, { tests });
    assert.deepEqual(
      [silent.status, silent.tests.map(({ outcome }) => outcome)],
      ['failed', ['failed', 'passed', 'passed']],
    );
    const endless = await judged('def f(xs):\n  while True: pass', { tests });
    assert.deepEqual(
      [endless.status, endless.tests.map(({ outcome }) => outcome)],
      ['timedOut', ['notRun', 'notRun', 'timedOut']],
    );
  });
});
