import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { productIn, type Product } from '../support/product';
import { temporaryFolder } from '../support/temporary';

interface Missed {
  readonly line: number;
  readonly start: number;
  readonly note: string;
  readonly told?: { readonly call: string };
  readonly noticedBy?: number;
}

interface Told {
  readonly functions: readonly {
    readonly name: string;
    readonly killed: number;
    readonly mutants: number;
    readonly missed: readonly Missed[];
    readonly newTests: number;
  }[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

const source = [
  '"""Prices."""',
  '',
  'LEAST = 3',
  '',
  '',
  'def price(count, each):',
  '    """The price of count things, a tenth off for more than ten."""',
  '    if count < 0:',
  '        raise ValueError("count is negative")',
  '    total = count * each',
  '    if count > 10:',
  '        total = total * 9 // 10',
  '    return max(total, LEAST)',
  '',
  '',
  'def alone(x):',
  '    return x',
  '',
].join('\n');
const tests = [
  'from shop import price',
  '',
  '',
  'def test_few():',
  '    assert price(2, 5) == 10',
  '',
  '',
  'def test_many():',
  '    assert price(20, 10) == 180',
  '',
].join('\n');

describe('what tests miss', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let product: Product;
  beforeEach(() => {
    product = productIn(folder.path, []);
    mkdirSync(path.join(product.work, 'tests'));
    writeFileSync(path.join(product.work, 'shop.py'), source);
    writeFileSync(path.join(product.work, 'tests/test_shop.py'), tests);
  });
  const told = async (args: readonly string[]): Promise<Told> => {
    const { stdout, stderr, exitCode } = await product.run([...args, '--json']);
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout) as Told;
  };

  it('lists changes at their lines with calls that tell them, and adds tests that notice them', async () => {
    const before = await told(['tests', 'miss', 'shop.py']);
    assert.deepEqual(before.leftOut, [{ name: 'alone', reason: 'fewTests' }]);
    const [price] = before.functions;
    assert.ok(price && price.missed.length > 0 && price.killed < price.mutants);
    for (const { line, start } of price.missed) {
      assert.ok(line >= 8 && line <= 13, String(line));
      assert.equal(source.slice(0, start).split('\n').length, line);
    }
    assert.ok(price.missed.some(({ told: call }) => call?.call.startsWith('price(')));
    assert.equal(readFileSync(path.join(product.work, 'tests/test_shop.py'), 'utf8'), tests);

    const strengthened = await told(['tests', 'strengthen', 'shop.py', 'price', '--write']);
    assert.ok((strengthened.functions[0]?.newTests ?? 0) > 0);
    const after = await told(['tests', 'miss', 'shop.py', 'price']);
    assert.ok((after.functions[0]?.killed ?? 0) > price.killed);
    // Outside of any judge, what was written runs and passes on the code as it is.
    const run =
      'import sys; sys.path[:0] = [".", "tests"]; import test_shop as t; [f() for n, f in vars(t).items() if n.startswith("test_")]';
    execFileSync('python3', ['-c', run], { cwd: product.work });
    assert.ok(
      readFileSync(path.join(product.work, 'tests/test_shop.py'), 'utf8').startsWith(
        tests.trimEnd(),
      ),
    );
  });

  it('says what it cannot work on', async () => {
    const { exitCode, stderr } = await product.run(['tests', 'miss', 'shop.py', 'nothing']);
    assert.equal(exitCode, 2, stderr);
    assert.match(stderr, /no function nothing/);
    writeFileSync(path.join(product.work, 'tests/test_shop.py'), tests.replace('== 10', '== 11'));
    const { leftOut } = await told(['tests', 'miss', 'shop.py', 'price']);
    assert.match(leftOut[0]?.reason ?? '', /test_few/);
  });
});
