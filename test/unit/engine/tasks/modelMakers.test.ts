import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sha256 } from '../../../../src/engine/domain/hash';
import { openWorkbench } from '../../../../src/engine/flywheel/openWorkbench';
import type { MakeTasksRequest, Workbench } from '../../../../src/engine/flywheel/workbench';
import { eliminated } from '../../../../src/engine/tasks/makers/model/eliminate';
import {
  conceptsPrompt,
  fromConceptsPrompt,
} from '../../../../src/engine/tasks/makers/model/prompts/concepts';
import { documentsPrompt } from '../../../../src/engine/tasks/makers/model/prompts/documents';
import {
  evolveJudgePrompt,
  evolvePrompt,
} from '../../../../src/engine/tasks/makers/model/prompts/evolve';
import { formPrompt } from '../../../../src/engine/tasks/makers/model/prompts/form';
import { selfInstructPrompt } from '../../../../src/engine/tasks/makers/model/prompts/selfInstruct';
import { snippetsPrompt } from '../../../../src/engine/tasks/makers/model/prompts/snippets';
import { writtenTestsPrompt } from '../../../../src/engine/tasks/makers/model/prompts/writtenTests';
import { readTaskReply } from '../../../../src/engine/tasks/makers/model/readReply';
import { loadSyntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';
import {
  says,
  startModelServer,
  type ModelServer,
  type SeenRequest,
} from '../../../support/modelServer';
import { temporaryFolder } from '../../../support/temporary';

const reply = (text: string, program: string, tests: readonly string[]): string =>
  [
    ...['Here it is.', '## Task', text, '## Program', '```python', program, '```'],
    ...['## Tests', '```python', ...tests, '```'],
  ].join('\n');

const digits = reply(
  'Write digit_sum(n), which adds up the decimal digits of a whole number; its sign does not count.',
  'def digit_sum(n):\n    total = 0\n    n = abs(n)\n    while n:\n        total += n % 10\n        n //= 10\n    return total',
  [0, 7, 12, 999, -45, 100].map(
    (n) =>
      `assert digit_sum(${String(n)}) == ${String(Array.from(String(Math.abs(n))).reduce((sum, digit) => sum + Number(digit), 0))}`,
  ),
);
const wrong = digits.replace('== 12', '== 13').replace('== 27', '== 28');
const runs = reply(
  'Given a list, runs(items) gives pairs of each value and how often it stands there in a row, in order.',
  'def runs(items):\n    found = []\n    for item in items:\n        if found and found[-1][0] == item:\n            found[-1] = (item, found[-1][1] + 1)\n        else:\n            found.append((item, 1))\n    return found',
  [
    'assert runs([]) == []',
    'assert runs([1]) == [(1, 1)]',
    'assert runs([1, 1, 2]) == [(1, 2), (2, 1)]',
    'assert runs([1, 2, 1]) == [(1, 1), (2, 1), (1, 1)]',
    'assert runs(["a", "a", "a"]) == [("a", 3)]',
  ],
);

describe('makers with a model', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let server: ModelServer | undefined;
  let workbench: Workbench | undefined;
  afterEach(async () => {
    await workbench?.close();
    await server?.close();
  });

  const asked = ({ body }: SeenRequest): string =>
    (body['messages'] as { content: string }[]).map(({ content }) => content).join('\n');
  const start = async (answer: (text: string, number: number) => string): Promise<void> => {
    const own = await startModelServer((request, out) =>
      says({ texts: [answer(asked(request), request.number)] })(request, out),
    );
    server = own;
    workbench = await openWorkbench({
      assetsFolder,
      journalFile: path.join(folder.path, '.flywheel/journal.db'),
      samplesFolder: folder.path,
      version: '0',
      workers: 1,
      models: { stateFolder: path.join(folder.path, 'state'), apiKey: () => Promise.resolve(null) },
    });
  };
  const make = (makers: readonly string[], parts: Partial<MakeTasksRequest> = {}) => {
    mkdirSync(path.join(folder.path, 'from'), { recursive: true });
    const source =
      'def area(width, height):\n    """The area of a rectangle."""\n    return width * height\n';
    writeFileSync(path.join(folder.path, 'from/shapes.py'), source.repeat(6));
    const section = `# Shapes\n\n${'Sums of digits are checked by a rule of nine. '.repeat(6)}\n`;
    writeFileSync(path.join(folder.path, 'from/README.md'), section);
    assert.ok(workbench && server);
    const request = {
      from: path.join(folder.path, 'from'),
      out: path.join(folder.path, 'out.tasks.jsonl'),
      makers,
      model: 'm',
      baseUrl: server.baseUrl,
      limit: 1,
      ...parts,
    };
    return workbench.makeTasks(request, () => undefined, new AbortController().signal);
  };
  const lines = (
    name: string,
  ): { source: Record<string, unknown>; family: string; gate: { reason?: string } }[] =>
    readFileSync(path.join(folder.path, name), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as ReturnType<typeof lines>[number]);

  it('from snippets: what the model wrote is run, and what is wrong stays out with its reason', async () => {
    await start((_text, number) => ['no task at all', wrong, digits][Math.min(number, 2)] ?? '');
    const made = await make(['from-snippets']);
    assert.equal(made.tasks, 1, JSON.stringify(made));
    assert.ok(made.tokens > 0);
    const [task] = lines('out.tasks.jsonl');
    assert.equal(task?.source['maker'], 'from-snippets@1');
    assert.match(String(task?.source['prompt']), /from-snippets@1 task-form@1/);
    assert.match(String(task?.source['model']), /^m@/);
    assert.match(asked(server?.chats[0] as SeenRequest), /width/);
    const calls = server?.chats.length;
    const again = await make(['from-snippets']);
    assert.equal(again.tasks, 1);
    assert.equal(server?.chats.length, calls, 'what was answered is not asked again');
  });

  it('writes tests for a function that has none: those that do not hold on it are left out', async () => {
    const written = `Here they are.
\`\`\`python
def test_middle():
    assert clamp(2, 1, 3) == 2

def test_wrong():
    assert clamp(2, 1, 3) == 3

def test_low():
    assert clamp(0, 1, 3) == 1

def test_high():
    assert clamp(9, 1, 3) == 3

def test_bounds():
    try:
        clamp(1, 3, 1)
    except ValueError:
        return
    assert False

def test_stays_between():
    import random
    draw = random.Random(1)
    for _ in range(50):
        low = draw.randint(-9, 9)
        high = low + draw.randint(0, 9)
        assert low <= clamp(draw.randint(-20, 20), low, high) <= high
\`\`\`
`;
    await start(() => written);
    mkdirSync(path.join(folder.path, 'code'), { recursive: true });
    writeFileSync(
      path.join(folder.path, 'code/limits.py'),
      'def clamp(value, low, high):\n    """The value, at least low and at most high."""\n    if low > high:\n        raise ValueError("low")\n    return max(low, min(value, high))\n',
    );
    const made = await make(['written-tests'], { from: path.join(folder.path, 'code') });
    assert.equal(made.tasks, 1, JSON.stringify(made));
    assert.match(asked(server?.chats[0] as SeenRequest), /return max\(low/);
    const [task] = lines('out.tasks.jsonl') as unknown as {
      source: Record<string, unknown>;
      starter: string;
      tests: { source?: string; role: string }[];
    }[];
    assert.equal(task?.source['maker'], 'written-tests@1');
    assert.equal(task?.source['prompt'], 'written-tests@1');
    assert.match(String(task?.source['model']), /^m@/);
    assert.doesNotMatch(task?.starter ?? '', /max/);
    const sources = task?.tests.map(({ source = '' }) => source).join('\n') ?? '';
    assert.doesNotMatch(sources, /clamp\(2, 1, 3\) == 3/);
    assert.match(sources, /randint/);
  });

  it('tells replies that hold no task, tests that contradict the program, and copies', async () => {
    await start(
      (_text, number) => ['no task', wrong, digits, digits, runs][Math.min(number, 4)] ?? '',
    );
    const made = await make(['from-documents'], { limit: 2 });
    assert.equal(made.tasks, 2, JSON.stringify(made));
    const reasons = lines('out.rejected.jsonl').map(({ gate }) => gate.reason);
    assert.ok(
      reasons.includes('badReply') &&
        reasons.includes('referenceFails') &&
        reasons.includes('duplicate'),
      reasons.join(),
    );
    assert.match(asked(server?.chats[0] as SeenRequest), /rule of nine/);
  });

  it('from concepts: asks for concepts first', async () => {
    await start((text) =>
      /Name the programming concepts/.test(text) ? 'loops, remainders' : digits,
    );
    const made = await make(['from-concepts']);
    assert.equal(made.tasks, 1);
    assert.ok(server?.chats.some((chat) => /loops, remainders/.test(asked(chat))));
  });

  it('self-instruct and evolve need a pool; children have the family of their parent', async () => {
    await start((text) => (/one word "equal"/.test(text) ? 'different' : runs));
    await assert.rejects(make(['evolve']), /makes tasks from tasks/);
    const pool = path.join(folder.path, 'pool.tasks.jsonl');
    const parent = {
      id: 'p/1',
      family: 'p',
      language: 'python',
      prompt: 'Write last(items).',
      entryPoint: 'last',
      tests: [],
    };
    writeFileSync(
      pool,
      `${JSON.stringify({ ...parent, source: { name: 'set', license: 'MIT' } })}\n`,
    );
    const evolved = await make(['evolve'], { pool });
    assert.equal(evolved.tasks, 1, JSON.stringify(evolved));
    const [child] = lines('out.tasks.jsonl');
    assert.deepEqual(
      [child?.family, child?.source['parent'], child?.source['license']],
      ['p', 'p/1', 'MIT'],
    );
    const instructed = await make(['self-instruct'], { pool });
    assert.equal(instructed.tasks, 1);
    assert.ok(server?.chats.some((chat) => /Task 1:[^]*last\(items\)/.test(asked(chat))));
  });

  it('evolve: what gained nothing is eliminated', async () => {
    await start((text) => (/one word "equal"/.test(text) ? 'Equal.' : runs));
    const pool = path.join(folder.path, 'pool.tasks.jsonl');
    writeFileSync(
      pool,
      `${JSON.stringify({ id: 'p/1', language: 'python', prompt: 'Write last(items).', entryPoint: 'last', tests: [] })}\n`,
    );
    await assert.rejects(make(['evolve'], { pool }), /eliminated: \d/);
  });

  it('a budget ends it, and says so', async () => {
    await start(() => wrong);
    await assert.rejects(
      make(['from-snippets'], { limit: 20, maxCalls: 2 }),
      (error: { exitCode?: number; message: string }) => {
        assert.match(error.message, /No task was made/);
        return error.exitCode === 4;
      },
    );
    assert.equal(server?.chats.length, 2);
  });

  it('reads only whole replies', async () => {
    const syntax = await loadSyntax(assetsFolder);
    const problem = (text: string): string => {
      const read = readTaskReply(syntax, 'python', text);
      return typeof read === 'string' ? read : 'none';
    };
    assert.equal(problem(digits), 'none');
    assert.match(problem(digits.replace('## Tests', '')), /no whole tests/);
    assert.match(problem(digits.replaceAll('digit_sum(n)', 'other(n)')), /call no function/);
    assert.match(problem(digits.replace('total = 0', 'total = (')), /does not parse/);
    assert.match(problem(digits.replace('    return', '    # TODO\n    return')), /not finished/);
    const functions = digits.replace(
      /assert digit_sum\(0\).*\n/,
      'def test_zero():\n    assert digit_sum(0) == 0\n',
    );
    assert.match(problem(functions), /1 test, 3 are needed/);
  });

  it('eliminates regrets, stop words and words of our own', () => {
    assert.equal(eliminated('Write digit_sum(n), which adds up digits.'), null);
    assert.match(eliminated('I am sorry, I cannot write this.') ?? '', /sorry/);
    assert.match(eliminated('the of and to a in is it') ?? '', /stop words/);
    assert.match(
      eliminated('Do what the given prompt asks for, with lists.') ?? '',
      /given prompt/,
    );
    assert.match(eliminated('Add it') ?? '', /too short/);
  });

  it('prompts keep their text under their version', () => {
    const all = [
      formPrompt,
      snippetsPrompt,
      conceptsPrompt,
      fromConceptsPrompt,
      selfInstructPrompt,
      evolvePrompt,
      evolveJudgePrompt,
      documentsPrompt,
      writtenTestsPrompt,
    ];
    assert.deepEqual(
      Object.fromEntries(all.map(({ id, text }) => [id, sha256(text).slice(0, 16)])),
      known,
    );
  });
});

/** A text that changes gets a new version: what is recorded under one is what was said. */
const known: Readonly<Record<string, string>> = {
  'concepts@1': '15c273f581a3d3c6',
  'evolve-judge@1': '8d5f589878a47006',
  'evolve@1': 'f17b1fae9af1f10b',
  'from-concepts@1': '040f4c57d214abc8',
  'from-documents@1': '20fccd8c90400019',
  'from-snippets@1': '99f335fcbe6f0788',
  'self-instruct@1': '1aef374c1db85d38',
  'task-form@1': '8396c9e441b6e706',
  'written-tests@1': '0164af8250728c91',
};
