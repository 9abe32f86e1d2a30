import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { adders } from '../support/adders';
import { productForEach } from '../support/product';
import { temporaryFolder } from '../support/temporary';

const tests = [
  { id: 'v', role: 'visible', kind: 'io', stdin: '1 2\n', stdout: '3\n' },
  {
    id: 'h',
    role: 'hidden',
    kind: 'io',
    stdin: '4 5\n',
    stdout: '9.0000001\n',
    compare: { tolerance: 1e-6 },
  },
];
const task = { prompt: 'Read two numbers and print their sum.', tests };

describe('commands on programs that read and print', () => {
  const folder = temporaryFolder();
  const product = productForEach(folder, []);
  const rightAndWrong = (language: string, id = language) =>
    (['right', 'wrong'] as const).map((which) => ({
      task_id: id,
      solution: adders[language]?.[which],
    }));

  it('verify judges them in any language that the machine has, and says what it lacks', async () => {
    const differential = {
      ...{ id: 'same', language: 'python', prompt: 'p', entryPoint: 'f' },
      reference: 'def f(x): return x * 2',
      tests: [{ id: 'd', kind: 'differential', inputs: 30, examples: [{ args: [2] }] }],
    };
    const tasks = product.write('t.jsonl', [
      { ...task, id: 'python', language: 'python' },
      { ...task, id: 'cpp', language: 'cpp' },
      { ...task, id: 'bash', language: 'bash', run: 'bash -e main.sh' },
      { ...task, id: 'none', language: 'x', run: ['no-such-command', 'main.x'] },
      differential,
    ]);
    const samples = product.write('s.jsonl', [
      ...['python', 'cpp', 'bash'].flatMap((language) => rightAndWrong(language)),
      { task_id: 'none', solution: 'x' },
      { task_id: 'same', solution: 'def f(x): return x + x' },
      { task_id: 'same', solution: 'def f(x): return x ** 2' },
    ]);
    const { stdout, stderr, exitCode } = await product.run([
      ...['verify', '--tasks', tasks, '--samples', samples, '--json'],
    ]);
    assert.equal(exitCode, 0, stderr);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual(report['byStatus'], { passed: 4, failed: 4, infrastructure: 1 });
    assert.deepEqual(report['passAtK'], { '1': 0.5 });
    assert.equal(report['sandbox'], 'bubblewrap, bubblewrap for commands');
    const lines = readFileSync(path.join(product.work, 's.jsonl.results.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { isolation: string; reason?: string });
    assert.ok(lines.every(({ isolation }) => isolation === 'separate'));
    assert.match(lines[1]?.reason ?? '', /expected "3", got "-1"/);
    assert.match(lines[6]?.reason ?? '', /no-such-command is not installed/);
    assert.match(lines[8]?.reason ?? '', /^f\(/);
  });

  it('solve mends a starter that reads and prints, and export keeps the pair', async () => {
    const tasks = product.write('t.tasks.jsonl', [
      { ...task, id: 'add', language: 'python', starter: adders['python']?.wrong },
    ]);
    const solved = await product.run(['solve', '--tasks', tasks, '--run', 'r', '--json']);
    assert.equal(solved.exitCode, 0, solved.stderr);
    const report = JSON.parse(solved.stdout) as Record<string, unknown>;
    assert.deepEqual([report['solvedVisible'], report['passedHidden']], [1, 1]);
    const exported = await product.run(['export', '--run', 'r', '--out', 'data', '--json']);
    assert.equal(exported.exitCode, 0, exported.stderr);
    assert.equal((JSON.parse(exported.stdout) as { pairs: number }).pairs, 1);
    assert.ok(existsSync(path.join(product.work, 'data/README.md')));
  });

  it('doctor tells what isolates commands and which languages have theirs here', async () => {
    const { stdout } = await product.run(['doctor', '--json']);
    const { sandboxes } = JSON.parse(stdout) as {
      sandboxes: { name: string; languages: string[]; layers: { state: string }[] }[];
    };
    const commands = sandboxes.find(({ name }) => name === 'bubblewrap for commands');
    assert.ok(commands);
    assert.ok(commands.languages.includes('bash'));
    assert.ok(commands.layers.length > 5);
    assert.ok(commands.layers.every(({ state }) => state === 'on'));
  });
});
