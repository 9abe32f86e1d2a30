import type { FormatName } from '../../src/engine/tasks/formats/format';

/** Records in the shape of a published set, with a right program for each task that is made of them. */
export interface PublishedSet {
  readonly format: FormatName;
  readonly records: readonly Readonly<Record<string, unknown>>[];
  /** By task; none where the tests are not judged. */
  readonly right: Readonly<Record<string, string>>;
  /** Tests of the first task: id and whether visible. */
  readonly roles: readonly (readonly [string, boolean])[];
}

const doubled = `def doubled(values):
    """Every value twice as large.
    >>> doubled([1, 2])  # small
    [2, 4]
    >>> doubled(
    ...     [])
    []
    >>> doubled(secret)
    [0]
    """
`;
const humanEval: PublishedSet = {
  format: 'humaneval',
  records: [
    {
      task_id: 'Own/0',
      prompt: `from typing import List\n\n\n${doubled}`,
      entry_point: 'doubled',
      canonical_solution: '    return [2 * value for value in values]\n',
      test: "\n\nMETADATA = {}\n\n\ndef check(candidate):\n    assert candidate([5]) == [10]\n    assert candidate(['a']) == ['aa']\n",
    },
  ],
  right: { 'Own/0': `def doubled(values):\n    return [2 * value for value in values]\n` },
  roles: [
    ['example-1', true],
    ['example-2', true],
    ['check', false],
  ],
};

const mean = `def mean(values):
    """The mean.
    >>> mean([1.0, 2.0])
    1.5
    """
`;
const meanBody = '    return sum(values) / len(values)\n';
const evalPlus: PublishedSet = {
  format: 'evalplus',
  records: [
    {
      task_id: 'Own/1',
      prompt: mean,
      entry_point: 'mean',
      canonical_solution: meanBody,
      base_input: [[[1.5, 2.5]]],
      plus_input: [[[0.1, 0.2, 0.3]], [[7]]],
      atol: 1e-6,
      contract: '\n    assert len(values) > 0 # $_CONTRACT_$\n',
    },
    {
      task_id: 'Mbpp/2',
      prompt:
        '"""\nWrite a function that gives what two tuples share.\nassert set(similar_elements((1, 2), (2, 3))) == {2}\n"""\n',
      entry_point: 'similar_elements',
      canonical_solution: '\ndef similar_elements(a, b):\n    return tuple(set(a) & set(b))\n',
      base_input: [
        [
          [3, 4],
          [4, 3],
        ],
      ],
      plus_input: [[[], [1]]],
      atol: 0,
      contract: '\n  assert isinstance(a, tuple) # $_CONTRACT_$\n',
    },
  ],
  right: {
    // Added in another order, which the tolerance lets pass.
    'Own/1': 'def mean(values):\n    return sum(reversed(values)) / len(values)\n',
    // A list where the solution gives a tuple: the order and the kind are left open.
    'Mbpp/2':
      'def similar_elements(a, b):\n    assert isinstance(a, tuple)\n    return [x for x in a if x in b]\n',
  },
  roles: [
    ['example-1', true],
    ['base', false],
    ['plus', false],
  ],
};

const mbpp: PublishedSet = {
  format: 'mbpp',
  records: [
    {
      text: 'Write a function to find how far a point is from the origin.',
      code: 'import math\r\ndef length(point):\r\n  return math.hypot(point.x, point.y)',
      task_id: 902,
      test_setup_code: 'from collections import namedtuple\nPoint = namedtuple("Point", "x y")',
      test_list: ['assert length(Point(3, 4)) == 5', 'assert length(Point(0, 0)) == 0'],
      challenge_test_list: ['assert length(Point(6, 8)) == 10'],
    },
    {
      source_file: 'own.ipynb',
      task_id: 903,
      prompt: 'Write a function to find the root of a number.',
      code: 'def root(x):\n  return x ** 0.5',
      test_imports: ['import math'],
      test_list: [
        'assert math.isclose(root(4), 2.0, rel_tol=0.001)',
        'assert math.isclose(root(9), 3.0, rel_tol=0.001)',
      ],
    },
  ],
  right: {
    'Mbpp/902': 'def length(point):\n    return (point.x ** 2 + point.y ** 2) ** 0.5\n',
    'Mbpp/903': 'import math\ndef root(x):\n    return math.sqrt(x)\n',
  },
  roles: [
    ['test-1', true],
    ['test-2', false],
    ['challenge-1', false],
  ],
};

const framed = (head: string): string => `${head}const assert = require('node:assert');


function test() {
  let candidate = first_two;
  assert.deepEqual(candidate([3, 4, 5]),[3, 4]);
  assert.deepEqual(candidate([]),[]);
}

test();`;
const stop_tokens = ['\nfunction ', '\n/*', '\n//', '\nconsole.log'];
const multiplE: PublishedSet = {
  format: 'multipl-e',
  records: [
    {
      name: 'Own_0_first_two',
      language: 'js',
      prompt:
        '//The first two values.\n// >>> first_two([1, 2, 3])\n// [1, 2]\nfunction first_two(values){\n',
      doctests: 'transform',
      original: '/own_0_first_two.py',
      prompt_terminology: 'reworded',
      tests: framed(''),
      stop_tokens,
    },
    {
      name: 'Own_1_first_two',
      language: 'ts',
      prompt: '//The first two values.\nfunction first_two(values: number[]): number[] {\n',
      tests: framed('declare var require: any;\n'),
      stop_tokens,
    },
  ],
  right: {
    Own_0_first_two: 'function first_two(values){\n  return values.slice(0, 2);\n}',
    Own_1_first_two:
      'function first_two(values: number[]): number[] {\n  return values.slice(0, 2);\n}',
  },
  roles: [
    ['example-1', true],
    ['tests', false],
  ],
};

const humanEvalX: PublishedSet = {
  format: 'humaneval-x',
  records: [
    {
      task_id: 'JavaScript/900',
      prompt:
        '/* Whether a number is even.\n  >>> isEven(2)\n  true\n  */\nconst isEven = (number) => {\n',
      canonical_solution: '  return number % 2 === 0;\n}\n\n',
      test: 'const testIsEven = () => {\n  console.assert(isEven(4) === true)\n  console.assert(isEven(7) === false)\n}\n\ntestIsEven()\n',
      declaration: '\nconst isEven = (number) => {\n',
      example_test:
        'const testIsEven = () => {\n  console.assert(isEven(2) === true)\n}\ntestIsEven()\n',
    },
  ],
  right: { 'JavaScript/900': 'const isEven = (number) => !(number & 1);' },
  roles: [
    ['example', true],
    ['test', false],
  ],
};

const liveCodeBench: PublishedSet = {
  format: 'livecodebench',
  records: [
    {
      question_title: 'Sum',
      question_content: 'Read two numbers and print their sum.',
      platform: 'atcoder',
      question_id: 'own_a',
      contest_id: 'own',
      contest_date: '2026-01-01T00:00:00',
      starter_code: '',
      difficulty: 'easy',
      public_test_cases: JSON.stringify([
        { input: '1 2\n', output: '3\n', testtype: 'stdin' },
        { input: '4 5\n', output: '9', testtype: 'stdin' },
      ]),
      private_test_cases: 'eJxrYJmawwABPRYAKUkDNg==',
      metadata: '{}',
    },
    {
      question_title: 'Keep',
      question_content: 'Keep the values that are true.',
      platform: 'leetcode',
      question_id: 9001,
      contest_id: 'own',
      contest_date: '2026-01-01T00:00:00',
      starter_code:
        'class Solution:\n    def keep(self, values: List[int], flag: bool) -> List[int]:\n        ',
      difficulty: 'easy',
      public_test_cases: JSON.stringify([
        { input: '[1, 0, null]\ntrue', output: '[1]', testtype: 'functional' },
      ]),
      private_test_cases: JSON.stringify([
        { input: '["a", ""]\nfalse', output: '["a"]', testtype: 'functional' },
      ]),
      metadata: '{"func_name": "keep"}',
    },
  ],
  right: {
    own_a: 'print(sum(map(int, input().split())))\n',
    '9001':
      'class Solution:\n    def keep(self, values, flag):\n        return [value for value in values if value]\n',
  },
  roles: [
    ['public-1', true],
    ['public-2', true],
  ],
};

const sweSmith: PublishedSet = {
  format: 'swe-smith',
  records: [
    {
      instance_id: 'own__name.0abc.func_pm__x',
      repo: 'swesmith/own__name.0abc',
      patch: 'diff --git a/a.py b/a.py\n',
      FAIL_TO_PASS: ['tests/test_a.py::test_one'],
      PASS_TO_PASS: ['tests/test_a.py::test_two'],
      created_at: '2026-01-01',
      image_name: 'swesmith.x86_64.own__name.0abc',
      problem_statement: 'One is wrong.',
    },
  ],
  right: {},
  roles: [
    ['FAIL_TO_PASS', false],
    ['PASS_TO_PASS', false],
  ],
};

/** Small sets of our own in the shape of each that import reads. */
export const publishedSets: readonly PublishedSet[] = [
  humanEval,
  evalPlus,
  mbpp,
  multiplE,
  humanEvalX,
  liveCodeBench,
  sweSmith,
];
