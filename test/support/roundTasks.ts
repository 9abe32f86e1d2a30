/** A function, one fault in it, and calls with what they give: from the outside a real small task. */
interface Small {
  readonly name: string;
  readonly about: string;
  readonly right: string;
  readonly wrong: string;
  /** The first half is visible. */
  readonly calls: readonly (readonly [string, string])[];
}

const functions: readonly Small[] = [
  {
    name: 'clamp',
    about: 'Give x, but no less than low and no more than high.',
    right:
      'def clamp(x, low, high):\n    if x < low:\n        return low\n    if x > high:\n        return high\n    return x\n',
    wrong:
      'def clamp(x, low, high):\n    if x < low:\n        return low\n    if x < high:\n        return high\n    return x\n',
    calls: [
      ['clamp(5, 0, 3)', '3'],
      ['clamp(2, 0, 3)', '2'],
      ['clamp(-1, 0, 3)', '0'],
      ['clamp(9, 1, 4)', '4'],
      ['clamp(3, 1, 4)', '3'],
      ['clamp(0, 1, 4)', '1'],
    ],
  },
  {
    name: 'positives',
    about: 'Count the numbers above zero.',
    right:
      'def positives(values):\n    count = 0\n    for value in values:\n        if value > 0:\n            count += 1\n    return count\n',
    wrong:
      'def positives(values):\n    count = 0\n    for value in values:\n        if value >= 0:\n            count += 1\n    return count\n',
    calls: [
      ['positives([0, 1])', '1'],
      ['positives([1, 2, -3])', '2'],
      ['positives([])', '0'],
      ['positives([0, 0])', '0'],
      ['positives([5, 0, 7])', '2'],
      ['positives([-1])', '0'],
    ],
  },
  {
    name: 'total',
    about: 'Add up the numbers.',
    right:
      'def total(values):\n    result = 0\n    for value in values:\n        result += value\n    return result\n',
    wrong:
      'def total(values):\n    result = 0\n    for value in values:\n        result -= value\n    return result\n',
    calls: [
      ['total([1, 2])', '3'],
      ['total([])', '0'],
      ['total([4, -1, 2])', '5'],
      ['total([10])', '10'],
      ['total([3, 3, 3])', '9'],
      ['total([0, 7])', '7'],
    ],
  },
  {
    name: 'spread',
    about: 'Give how far the largest number is from the smallest.',
    right:
      'def spread(values):\n    if not values:\n        return 0\n    return max(values) - min(values)\n',
    wrong:
      'def spread(values):\n    if not values:\n        return 0\n    return max(values) + min(values)\n',
    calls: [
      ['spread([1, 4])', '3'],
      ['spread([])', '0'],
      ['spread([2, 2])', '0'],
      ['spread([7, 3, 5])', '4'],
      ['spread([-2, 2])', '4'],
      ['spread([9])', '0'],
    ],
  },
  {
    name: 'initials',
    about: 'Give the first letters of the words, in capitals.',
    right:
      "def initials(text):\n    letters = []\n    for word in text.split():\n        letters.append(word[0].upper())\n    return ''.join(letters)\n",
    wrong:
      "def initials(text):\n    letters = []\n    for word in text.split():\n        letters.append(word[1].upper())\n    return ''.join(letters)\n",
    calls: [
      ["initials('ab cd')", "'AC'"],
      ["initials('')", "''"],
      ["initials('one two')", "'OT'"],
      ["initials('red fox jumps')", "'RFJ'"],
      ["initials('up')", "'U'"],
      ["initials('so it goes')", "'SIG'"],
    ],
  },
  {
    name: 'evens',
    about: 'Keep the even numbers.',
    right:
      'def evens(values):\n    kept = []\n    for value in values:\n        if value % 2 == 0:\n            kept.append(value)\n    return kept\n',
    wrong:
      'def evens(values):\n    kept = []\n    for value in values:\n        if value % 2 == 1:\n            kept.append(value)\n    return kept\n',
    calls: [
      ['evens([1, 2])', '[2]'],
      ['evens([])', '[]'],
      ['evens([4, 6, 7])', '[4, 6]'],
      ['evens([3])', '[]'],
      ['evens([0, 9])', '[0]'],
      ['evens([8, 1, 2])', '[8, 2]'],
    ],
  },
  {
    name: 'is_sorted',
    about: 'Say whether the numbers never fall.',
    right:
      'def is_sorted(values):\n    for at in range(len(values) - 1):\n        if values[at] > values[at + 1]:\n            return False\n    return True\n',
    wrong:
      'def is_sorted(values):\n    for at in range(len(values) - 1):\n        if values[at] >= values[at + 1]:\n            return False\n    return True\n',
    calls: [
      ['is_sorted([1, 1])', 'True'],
      ['is_sorted([2, 1])', 'False'],
      ['is_sorted([])', 'True'],
      ['is_sorted([3, 3, 4])', 'True'],
      ['is_sorted([1, 2, 2])', 'True'],
      ['is_sorted([5, 4, 6])', 'False'],
    ],
  },
  {
    name: 'longest',
    about: 'Give the length of the longest word.',
    right:
      'def longest(words):\n    best = 0\n    for word in words:\n        if len(word) > best:\n            best = len(word)\n    return best\n',
    wrong:
      'def longest(words):\n    best = 1\n    for word in words:\n        if len(word) > best:\n            best = len(word)\n    return best\n',
    calls: [
      ['longest([])', '0'],
      ["longest(['ab', 'c'])", '2'],
      ["longest([''])", '0'],
      ["longest(['', ''])", '0'],
      ["longest(['abcd', 'ab'])", '4'],
      ["longest(['x'])", '1'],
    ],
  },
];

/** A line of a tasks file for each function; so much time that a busy machine changes nothing. */
export const roundTasks = functions.map(({ name, about, right, wrong, calls }) => ({
  id: `small/${name}`,
  language: 'python',
  prompt: `Find what is wrong with ${name} and mend it. ${about}`,
  entryPoint: name,
  starter: wrong,
  reference: right,
  tests: calls.map(([call, gives], at) => ({
    id: `t${String(at + 1)}`,
    role: at < calls.length / 2 ? 'visible' : 'hidden',
    kind: 'assert',
    source: `assert ${call} == ${gives}`,
  })),
  limits: { timeoutMs: 30_000, memoryMb: 256 },
  family: `small/${name}`,
}));
