import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { ChatFinish } from '../../../../src/engine/domain/chat';
import type { Problem } from '../../../../src/engine/domain/task';
import { lessonIn } from '../../../../src/engine/solvers/replies/plainReply';
import { readReply } from '../../../../src/engine/solvers/replies/readReply';
import type { ReplyContext } from '../../../../src/engine/solvers/replies/reply';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';
import { aProblem, aTest } from '../../../support/builders';

const folder = path.resolve('test/unit/engine/solvers/replies');

const moduleStarter = `import re

LIMIT = 10


def squeeze(text):
    return re.sub(r"\\s+", " ", text)


def slugify(text, limit=LIMIT):
    return squeeze(text)[:limit]
`;
const humanEvalPrompt = `from typing import List


def total(values: List[int]) -> int:
    """ Sum of values.
    >>> total([1, 2])
    3
    """
`;
const io = { kind: 'io', id: 'v', role: 'visible', stdin: '2\n', stdout: '4\n' } as const;

function bare(parts: Parameters<typeof aProblem>[0]): Problem {
  const { starter, ...rest } = aProblem(parts);
  return rest;
}

/** What the model was asked, by the folder of the replies. */
const problems: Readonly<Record<string, Problem>> = {
  python: aProblem(),
  pythonModule: aProblem({ entryPoint: 'slugify', starter: moduleStarter, tests: [] }),
  humanEval: bare({
    prompt: humanEvalPrompt,
    promptKind: 'code',
    entryPoint: 'total',
    tests: [aTest('v', 'visible', 'assert total([]) == 0')],
  }),
  starterWithoutBody: aProblem({
    entryPoint: 'total',
    starter: `import math\n\n\ndef total(values):\n    """ Sum of values. """\n    ...\n\n\nUNIT = 1\n`,
    tests: [aTest('v', 'visible', 'assert total([]) == 0')],
  }),
  typescriptWithoutBody: aProblem({
    language: 'typescript',
    entryPoint: 'total',
    starter:
      "export function total(values: number[]): number {\n  throw new Error('not implemented');\n}\n",
    tests: [],
  }),
  typescript: aProblem({
    language: 'typescript',
    entryPoint: 'clamp',
    starter:
      'const LIMIT = 10;\n\nexport function clamp(value: number): number {\n  return value;\n}\n',
    tests: [],
  }),
  cpp: bare({ language: 'cpp', entryPoint: 'main', tests: [io] }),
  script: bare({ entryPoint: 'main', tests: [io] }),
};

function finishOf(name: string): ChatFinish {
  if (name.startsWith('length-')) return 'length';
  return name.startsWith('filtered-') ? 'contentFilter' : 'stop';
}

describe('readReply', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });

  const contextOf = (kind: string, finish: ChatFinish): ReplyContext => {
    const problem = problems[kind];
    assert.ok(problem, kind);
    const shown = kind === 'python' && problem.starter !== undefined;
    return { problem, syntax, finish, ...(shown ? { shown: problem.starter } : {}) };
  };

  for (const kind of readdirSync(folder)) {
    const names = readdirSync(path.join(folder, kind))
      .filter((file) => file.endsWith('.reply.txt'))
      .map((file) => file.replace('.reply.txt', ''));
    for (const name of names) {
      it(`takes from the ${kind} reply ${name} what stands beside it`, () => {
        const file = (part: string): string => path.join(folder, kind, `${name}.${part}.txt`);
        const reply = readFileSync(file('reply'), 'utf8');
        const expected = existsSync(file('program'))
          ? {
              ...{ kind: 'program', program: readFileSync(file('program'), 'utf8') },
              ...(existsSync(file('renamed'))
                ? { renamedFrom: readFileSync(file('renamed'), 'utf8').trim() }
                : {}),
            }
          : { kind: 'unread', reason: readFileSync(file('reason'), 'utf8').trim() };
        assert.deepEqual(readReply(reply, contextOf(kind, finishOf(name))), expected);
      });
    }
  }

  it('takes a class that tests use from another block than the function', () => {
    const problem = bare({
      entryPoint: 'longest',
      tests: [aTest('v', 'visible', 'assert longest([Pair(1, 2)]) == 1')],
    });
    const helper = 'class Pair:\n    def __init__(self, a, b):\n        self.a = a\n';
    const reply = `\`\`\`python\n${helper}\`\`\`\n\n\`\`\`python\ndef longest(pairs):\n    return len(pairs)\n\`\`\`\n`;
    assert.deepEqual(readReply(reply, { problem, syntax, finish: 'stop' }), {
      kind: 'program',
      program: `${helper}\ndef longest(pairs):\n    return len(pairs)\n`,
    });
  });

  it('never takes a reply that was cut at its limit', () => {
    fc.assert(
      fc.property(fc.string(), (reply) => {
        assert.equal(readReply(reply, contextOf('python', 'length')).kind, 'unread');
      }),
    );
  });

  it('reads anything without an error, and ends', () => {
    const pieces = ['```python\n', '```\n', '<think>', '</think>', '>>> ', '@@ -1 +1 @@\n', '+a\n'];
    const more = [
      'def double(x):\n',
      '    return x\n',
      '> ',
      '- ',
      'class A:\n',
      '&lt;',
      '\u0000',
      '((',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 30 }), (parts) => {
        const read = readReply(parts.join(''), contextOf('python', 'stop'));
        assert.ok(
          read.kind === 'unread' || read.program.includes('double') || parts.includes('+a\n'),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('takes back a program of the same text from a block of any fence', () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/).map((text) => `v_${text}`);
    fc.assert(
      fc.property(name, fc.integer({ min: 3, max: 6 }), (variable, length) => {
        const program = `def double(${variable}):\n    return ${variable} * 2\n`;
        const fence = '`'.repeat(length);
        const reply = `Text.\n\n${fence}python\n${program}${fence}\n`;
        assert.deepEqual(readReply(reply, contextOf('python', 'stop')), {
          kind: 'program',
          program,
        });
      }),
    );
  });

  it('finds the lesson that a model wrote down', () => {
    assert.equal(lessonIn('**Lesson:** zero is even.\n```\nx\n```'), 'zero is even.');
    assert.equal(lessonIn('No such line'), null);
  });
});
