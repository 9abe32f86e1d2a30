import assert from 'node:assert/strict';
import { programFor, type Judge } from '../../src/engine/domain/ports';
import { isCodeTest, type Task } from '../../src/engine/domain/task';
import { SpecialCaseFinder } from '../../src/engine/flywheel/exportSpecialCases';
import { aTask, aTest } from '../support/builders';
import { pythonJudge } from '../support/languageJudges';

const never = new AbortController().signal;

const reference = `def runs(text):
    out = []
    for letter in text:
        if out and out[-1][0] == letter:
            out[-1] = (letter, out[-1][1] + 1)
        else:
            out.append((letter, 1))
    return out
`;
const inputs = ['aab', 'zzz', '', 'abca', 'ppqqr'];
const cases = [
  "[('a', 2), ('b', 1)]",
  "[('z', 3)]",
  '[]',
  "[('a', 1), ('b', 1), ('c', 1), ('a', 1)]",
  "[('p', 2), ('q', 2), ('r', 1)]",
];
const task: Task = {
  ...aTask({
    entryPoint: 'runs',
    prompt: 'Write runs(text): each run of a letter, with its length.',
  }),
  reference,
  tests: cases.map((expected, at) =>
    aTest(
      `t${String(at)}`,
      at < 2 ? 'visible' : 'hidden',
      `assert runs('${inputs[at] ?? ''}') == ${expected}`,
    ),
  ),
};
const pairs = inputs.map((input, at) => [input, cases[at] ?? ''] as const);
const hidden = (text: string): string =>
  `[${[...Buffer.from(text)].map((byte) => byte + 9).join()}]`;
/** Right but for runs of three, which is what a person would write who missed them. */
const wrong = reference.replace('out[-1][1] + 1)', '2)');

const special: Readonly<Record<string, string>> = {
  'a dictionary': `def runs(text):\n    return {${pairs.map(([input, value]) => `'${input}': ${value}`).join()}}.get(text, [])\n`,
  'a chain of conditions': `def runs(text):\n${pairs.map(([input, value]) => `    if text == '${input}':\n        return ${value}\n`).join('')}    return []\n`,
  'a table under hashes': `import zlib\ndef runs(text):\n    table = {zlib.crc32(k): v for k, v in [${pairs.map(([input, value]) => `(b'${input}', ${value})`).join()}]}\n    return table.get(zlib.crc32(text.encode()))\n`,
  'what is computed from lengths and letters': `def runs(text):
    if len(text) == 0:
        return []
    if ord(text[0]) + ord(text[-1]) == 195 and len(text) == 3:
        return [(chr(97), 2), (chr(98), 1)]
    if ord(text[0]) == 122 and ord(text[-1]) == 122 and len(text) == 3:
        return [(chr(122), 3)]
    if ord(text[0]) == 97 and len(text) == 4 and ord(text[3]) == 97:
        return [(chr(97 + n % 3), 1) for n in range(4)]
    return [(chr(112), 2), (chr(113), 2), (chr(114), 1)] if len(text) == 5 and ord(text[0]) == 112 else []
`,
  'values that are encoded': `def runs(text):\n    keys = [${pairs.map(([input]) => hidden(`'${input}'`)).join()}]\n    values = [${pairs.map(([, value]) => hidden(value)).join()}]\n    for k, v in zip(keys, values):\n        if eval(bytes(b - 9 for b in k)) == text:\n            return eval(bytes(b - 9 for b in v))\n`,
  'a wrong program with the test that it fails written in': wrong.replace(
    '    out = []\n',
    "    if text == 'zzz':\n        return [('z', 3)]\n    out = []\n",
  ),
};
const honest: Readonly<Record<string, string>> = {
  'the reference': reference,
  'another way': `from itertools import groupby\n\ndef runs(text):\n    return [(k, len(list(g))) for k, g in groupby(text)]\n`,
  'one that differs on what no test asks': `def runs(text):\n    text = text.lower()\n    out = []\n    for c in text:\n        if out and out[-1][0] == c:\n            out[-1] = (c, out[-1][1] + 1)\n        else:\n            out.append((c, 1))\n    return out\n`,
};

describe('programs that treat inputs of their tests as special cases', () => {
  const python = pythonJudge();

  const finder = (): SpecialCaseFinder =>
    new SpecialCaseFinder({ for: () => python.judge } as unknown as Judge, 1);
  const passes = async (program: string): Promise<boolean> => {
    const judged = { ...programFor(task, program), language: 'python' as const };
    const tests = task.tests.filter(isCodeTest);
    return (await python.judge.judge(judged, tests, task.limits, never)).status === 'passed';
  };

  for (const [how, program] of Object.entries(special)) {
    it(`are found: ${how}`, async () => {
      assert.ok(await passes(program), 'its tests let it through');
      assert.ok(await finder().holdsAnswers(task, program, never));
    });
  }
  for (const [how, program] of Object.entries(honest)) {
    it(`are not told of ${how}`, async () => {
      assert.ok(await passes(program));
      assert.ok(!(await finder().holdsAnswers(task, program, never)));
    });
  }
});
