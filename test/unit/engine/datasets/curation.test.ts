import assert from 'node:assert/strict';
import fc from 'fast-check';
import { copiedAnswer } from '../../../../src/engine/datasets/copiedAnswer';
import { curate } from '../../../../src/engine/datasets/curation/curate';
import { HeldOut } from '../../../../src/engine/datasets/curation/heldOut';
import { usualCuration } from '../../../../src/engine/datasets/curation/settings';
import type { DatasetRecord } from '../../../../src/engine/datasets/pair';
import { splitOf } from '../../../../src/engine/datasets/split';
import { touchesTests } from '../../../../src/engine/datasets/touchesTests';
import { compareVersions } from '../../../../src/engine/datasets/version';
import { loadSyntax } from '../../../../src/engine/syntax/parser';
import { shapeOf } from '../../../../src/engine/syntax/shape';
import { skeletonOf } from '../../../../src/engine/similarity/skeleton';
import { assetsFolder } from '../../../support/assets';
import { aTask, aTest } from '../../../support/builders';
import { aRecord, anAttempt } from '../../../support/records';

const never = new AbortController().signal;
const long = (name: string, seed: number): string =>
  `def ${name}(items):\n${Array.from({ length: 12 }, (_, at) => `    ${name}_${String(at)} = items[${String(at * seed)}] + ${String(seed)}`).join('\n')}\n    return items\n`;

function solved(program: string, parts: Partial<Omit<DatasetRecord, 'id'>> = {}): DatasetRecord {
  const answer = anAttempt({
    ...{ turn: 1, program, status: 'passed', passedHidden: true, feedback: '' },
  });
  return aRecord({ attempts: [answer], answer: 0, decided: 0, ...parts });
}

async function curated(
  records: readonly DatasetRecord[],
  settings = {},
  heldOut = new HeldOut([]),
) {
  return curate(records, {
    ...{ settings: { ...usualCuration, ...settings }, heldOut, signal: never },
    ...{ syntax: await loadSyntax(assetsFolder), placed: new Map(), progress: () => undefined },
  });
}

describe('curation', () => {
  it('leaves out programs of a task that differ in names, comments and layout only', async () => {
    const a = solved('def double(x):\n    return x * 2\n');
    const b = solved('def double(value):\n    # twice\n    return value * 2\n', { sample: 1 });
    const c = solved('def double(x):\n    return x + x\n', { sample: 2 });
    const { records, refused } = await curated([b, a, c]);
    assert.deepEqual(
      records.map(({ id }) => id),
      [a.id, c.id],
    );
    assert.deepEqual(
      refused.map(({ reason, record, detail }) => [reason, record, detail]),
      [['duplicate', b.id, `as ${a.id}`]],
    );
  });

  it('leaves out what is much like a program of another family, and keeps families whole', async () => {
    const one = solved(long('alpha', 3), { task: aTask({ prompt: 'one' }) });
    const same = { ...aTask({ prompt: 'two' }), family: 'other' };
    const two = solved(long('alpha', 3).replace('items[0]', 'items[1]'), { task: same });
    const own = solved(long('alpha', 3).replace('items[3]', 'items[4]'), { sample: 3 });
    const { records, refused } = await curated([one, two, own]);
    assert.deepEqual(
      records.map(({ id }) => id),
      [one.id, own.id],
    );
    assert.deepEqual(
      refused.map(({ reason }) => reason),
      ['nearDuplicate'],
    );
  });

  it('keeps at most so many programs of a task, those least alike', async () => {
    const records = [3, 5, 7, 11].map((seed) =>
      solved(long(`f${String(seed)}`, seed), { sample: seed }),
    );
    const { records: kept, steps } = await curated(records, { perTask: 2 });
    assert.equal(kept.length, 2);
    assert.deepEqual(steps.at(-1), {
      step: 'programs of a task',
      setting: '2',
      before: 4,
      after: 2,
    });
  });

  it('filters by licence, source and difficulty, and counts each', async () => {
    const records = [
      solved('a = 1\n', { group: { samples: 4, solved: 4 } }),
      solved('b = 2\n', { group: { samples: 4, solved: 1 } }),
      solved('c = 3\n', {
        task: { ...aTask(), source: { name: 'x', license: 'GPL-3.0', maker: 'm', parent: null } },
      }),
    ];
    const { records: kept, refused } = await curated(records, {
      licences: ['mit'],
      difficulty: [0.1, 0.9],
    });
    assert.equal(kept.length, 1);
    assert.deepEqual(refused.map(({ reason }) => reason).sort(), ['difficulty', 'licence']);
  });

  it('gives the same selection for the same records, and stops when aborted', async () => {
    const records = [3, 5, 7].map((seed) => solved(long(`g${String(seed)}`, seed)));
    assert.deepEqual(await curated(records), await curated(records));
    const controller = new AbortController();
    controller.abort();
    const syntax = await loadSyntax(assetsFolder);
    const options = {
      settings: usualCuration,
      heldOut: new HeldOut([]),
      syntax,
      placed: new Map(),
    };
    await assert.rejects(
      curate(records, { ...options, signal: controller.signal, progress: () => undefined }),
    );
  });
});

describe('held-out tasks', () => {
  const reference =
    'def merge_sorted(left, right):\n    out = []\n    while left and right:\n        out.append(left.pop(0) if left[0] < right[0] else right.pop(0))\n    return out + left + right\n';
  const { starter: _, ...plain } = aTask();
  const held = {
    ...plain,
    ...{ id: 'bench/1', hash: 'held', entryPoint: 'merge_sorted', reference, family: 'bench' },
    prompt:
      'Given two lists that are sorted in rising order give one list with all of their items in rising order too.',
    tests: [aTest('h', 'hidden', 'assert merge_sorted([1], [2]) == [1, 2]')],
  };
  const heldOut = new HeldOut([held]);
  const rules: readonly (readonly [string, DatasetRecord])[] = [
    ['substring', solved(`import sys\n${reference.toUpperCase()}`)],
    ['code10', solved(`def other():\n${reference.split('\n').slice(2, 4).join('\n')}\n`)],
    [
      'prose13',
      solved('x = 1\n', { task: aTask({ prompt: `Please: ${held.prompt.slice(0, 80)}` }) }),
    ],
    [
      'sameTests',
      solved('y = 1\n', { task: aTask({ entryPoint: 'merge_sorted', tests: held.tests }) }),
    ],
  ];
  for (const [rule, record] of rules) {
    it(`are found again by ${rule}`, () => {
      const found = heldOut.contamination(record);
      assert.deepEqual([found?.rule, found?.task], [rule, 'bench/1']);
    });
  }

  const rewritten: readonly (readonly [string, string])[] = [
    [
      'other names',
      'def join(a, b):\n    rows = []\n    while a and b:\n        rows.append(a.pop(0) if a[0] < b[0] else b.pop(0))\n    return rows + a + b\n',
    ],
    [
      'other names and words, in other layout',
      'def f1(\n  a,\n  b\n):\n  """Both as one."""\n  r = []  # what is given back\n  while (a and b):\n    # the lesser head\n    r.append((a.pop(0) if a[0] < b[0] else b.pop(0)))\n\n  return (r + a + b)\n',
    ],
    [
      'other names, among other code',
      'import sys\ndef helper(n):\n    return n * 2 + 1\n\nclass Tool:\n    def run(self, p, q):\n        got = []\n        while p and q:\n            got.append(p.pop(0) if p[0] < q[0] else q.pop(0))\n        return got + p + q\n',
    ],
  ];
  for (const [how, program] of rewritten) {
    it(`are found again under ${how}`, () => {
      const found = heldOut.contamination(solved(program));
      assert.deepEqual([found?.rule, found?.task], ['structure', 'bench/1']);
    });
  }

  it('are found again by their bodies where the prompt begins the program', () => {
    const prompt = 'def merge_sorted(left, right):\n';
    const code = { ...held, promptKind: 'code' as const, prompt };
    const body = reference.slice(prompt.length);
    const found = new HeldOut([code]).contamination(solved(`def g(left, right):\n${body}`));
    assert.equal(found?.rule, 'substring');
  });

  it('are found again by their tests where the function has another name, from three on', () => {
    const asserts = (name: string, count: number) =>
      Array.from({ length: count }, (_, at) =>
        aTest(
          `t${String(at)}`,
          'hidden',
          `assert ${name}([${String(at)}], [7]) == [${String(at)}, 7]`,
        ),
      );
    const heldOutOf = new HeldOut([{ ...held, tests: asserts('merge_sorted', 4) }]);
    const own = (count: number) =>
      heldOutOf.contamination(
        solved('y = 1\n', { task: aTask({ entryPoint: 'join', tests: asserts('join', count) }) }),
      );
    assert.equal(own(3)?.rule, 'sameTests');
    assert.equal(own(2), null);
  });

  it('are found again in wrong programs and in what was said of them, which rows hold too', () => {
    const wrong = anAttempt({ program: reference });
    const right = anAttempt({ turn: 2, status: 'passed' });
    for (const attempts of [
      [wrong, right],
      [anAttempt({ explanation: held.prompt }), right],
    ]) {
      assert.equal(heldOut.contamination(aRecord({ attempts, answer: 1 }))?.task, 'bench/1');
    }
  });

  it('take in their whole family, and nothing that shares no text with them', () => {
    assert.ok(heldOut.holds({ ...aTask(), family: 'bench' }));
    assert.ok(heldOut.holds({ ...aTask(), extra: { heldOut: true } }));
    assert.ok(!heldOut.holds(aTask()));
    assert.equal(heldOut.contamination(solved('def double(x):\n    return x * 2\n')), null);
  });
});

describe('answers copied from tests', () => {
  const { reference: _, ...task } = aTask({
    tests: [
      aTest('v1', 'visible', "assert convert('abcde') == 'vwxyz'"),
      aTest('v2', 'visible', 'assert convert(417) == 9031'),
      aTest('v3', 'visible', "assert convert('q') == 'even'"),
      aTest('v4', 'visible', "assert convert('r') == 'even'"),
    ],
    prompt: 'Write convert(x).',
  });
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'copied',
      'a branch on the input',
      "def convert(x):\n    if x == 'abcde':\n        return 'vwxyz'\n    return x\n",
    ],
    ['copied', 'a table', 'def convert(x):\n    return {417: 9031}.get(x, x)\n'],
    ['suspected', 'an expected value alone', 'def convert(x):\n    y = 9031\n    return y\n'],
    [
      'none',
      'a label that several tests expect',
      "def convert(x):\n    return 'even' if len(x) % 2 else x\n",
    ],
    [
      'suspected',
      'a table under hashes',
      "import hashlib\ndef convert(x):\n    return {'ab12': 'z'}.get(hashlib.md5(x).hexdigest())\n",
    ],
    ['suspected', 'a value that is decoded', 'def convert(x):\n    return bytes([118]).decode()\n'],
    ['suspected', 'code that is evaluated', "def convert(x):\n    return eval('x' + '[0]')\n"],
    [
      'suspected',
      'a table of any kind',
      `def convert(x):\n    return [${Array.from({ length: 30 }, (_, at) => at * 7 + 3).join()}][len(x)]\n`,
    ],
    ['none', 'a program without their values', 'def convert(x):\n    return x[::-1]\n'],
  ];
  for (const [kind, what, program] of cases) {
    it(`are ${kind} for ${what}`, () => {
      assert.equal(copiedAnswer(task, program).kind, kind);
    });
  }

  it('are suspected where all arguments of a test are written, but for what was given', () => {
    const tests = [aTest('v', 'visible', 'assert total([1, 2],  [3]) == 6')];
    const { reference: _, ...asking } = aTask({ entryPoint: 'total', tests, prompt: 'Add all.' });
    const program = 'def total(*a):\n    return 6 if a == ([1,2], [3]) else 0\n';
    assert.equal(copiedAnswer(asking, program).kind, 'suspected');
    const told = { ...asking, prompt: 'Add all: total([1, 2], [3]) is 6.' };
    assert.equal(copiedAnswer(told, program).kind, 'none');
    const evaluating = { ...asking, reference: 'def total(a, b):\n    return eval("1")\n' };
    const plain = 'def total(a, b):\n    return eval("2")\n';
    assert.equal(copiedAnswer(evaluating, plain).kind, 'none');
    assert.equal(copiedAnswer(asking, plain).kind, 'suspected');
  });

  it('are none where the prompt names the value', () => {
    const told = { ...task, prompt: 'Write convert(x): 417 gives 9031.' };
    assert.equal(
      copiedAnswer(told, 'def convert(x):\n    return 9031 if x == 417 else x\n').kind,
      'none',
    );
  });

  it('stand beside programs that reach for their tests', () => {
    assert.equal(touchesTests(aRecord(), 'def double(x):\n    return x\n'), null);
    assert.match(
      touchesTests(aRecord(), 'import sys\ndef double(x):\n    sys._getframe(1)\n') ?? '',
      /_getframe/,
    );
    const tampered = aRecord({ attempts: [anAttempt({ status: 'tampered' })], answer: null });
    assert.match(touchesTests(tampered, '') ?? '', /tampered/);
  });
});

describe('splits', () => {
  it('keep a family on one side, in every version', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (family, seed) => {
        assert.equal(splitOf(family, seed), splitOf(family, seed));
        assert.equal(splitOf(family, seed, new Map([[family, 'test']])), 'test');
      }),
    );
  });

  it('leave about a tenth for validation and a tenth for test', () => {
    const families = Array.from({ length: 2000 }, (_, index) => `family ${String(index)}`);
    for (const split of ['validation', 'test']) {
      const count = families.filter((family) => splitOf(family, 1) === split).length;
      assert.ok(count > 140 && count < 260, `${split} ${String(count)}`);
    }
  });

  it('of two versions are compared by what was added, removed and moved', () => {
    const before = [
      { id: 'a', split: 'train' },
      { id: 'b', split: 'train' },
      { id: 'c', split: 'test' },
    ] as const;
    const after = [
      { id: 'b', split: 'test' },
      { id: 'c', split: 'test' },
      { id: 'd', split: 'train' },
    ] as const;
    assert.deepEqual(compareVersions(before, after), { added: 1, removed: 1, moved: 1, same: 1 });
  });
});

describe('the shape of a program', () => {
  const same: readonly (readonly ['python' | 'typescript', string, string])[] = [
    [
      'python',
      'def f(a, b):\n    return [x + a for x in b]\n',
      'def f(p, q):\n    """Adds."""\n    return [y+p for y in q]  # all\n',
    ],
    [
      'typescript',
      'export function f(a: number) { const b = a; return b; }',
      'export function f(x: number) {\n  // one\n  const y = x;\n  return y;\n}',
    ],
  ];
  for (const [language, a, b] of same) {
    it(`is the same for other local names in ${language}, and so is the skeleton`, async () => {
      const syntax = await loadSyntax(assetsFolder);
      assert.equal(shapeOf(syntax, language, a), shapeOf(syntax, language, b));
      assert.equal(skeletonOf(a), skeletonOf(b));
    });
  }

  it('differs where names are swapped, a literal is another, or a name of the top level', async () => {
    const syntax = await loadSyntax(assetsFolder);
    const shape = (source: string): string => shapeOf(syntax, 'python', source);
    const base = 'def f(a, b):\n    return a - b\n';
    for (const other of [
      'def f(a, b):\n    return b - a\n',
      'def g(a, b):\n    return a - b\n',
      'def f(a, b):\n    return a - 1\n',
    ]) {
      assert.notEqual(shape(other), shape(base));
    }
  });
});
