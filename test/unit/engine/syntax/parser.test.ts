import assert from 'node:assert/strict';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';

describe('loadSyntax', () => {
  let syntax: Syntax;
  before(async () => {
    // First, because a folder is read only until one was loaded.
    await assert.rejects(loadSyntax('/nowhere'), /tree-sitter\.wasm/);
    syntax = await loadSyntax(assetsFolder);
  });

  for (const [language, source] of [
    ['python', 'text = "😀漢字"; after = 1\n'],
    ['javascript', 'const text = "😀漢字"; const after = 1;\n'],
    ['typescript', 'const text: string = "😀漢字"; const after = 1;\n'],
  ] as const) {
    it(`gives offsets in UTF-16 code units in ${language}`, () => {
      const found = syntax.read(language, source, (root) => {
        const node = root
          .descendantsOfType('identifier')
          .find((identifier) => identifier?.text === 'after');
        return node === null || node === undefined
          ? ''
          : source.slice(node.startIndex, node.endIndex);
      });
      assert.equal(found, 'after');
    });
  }

  it('answers a second load with the same parsers', async () => {
    assert.equal(await loadSyntax(assetsFolder), syntax);
  });

  it('names a missing file, and works when tried again', () => {
    assert.equal(
      syntax.read('python', 'x = 1\n', (root) => root.hasError),
      false,
    );
  });

  it('passes on what its user throws', () => {
    const fail = () =>
      syntax.read('python', 'x = 1\n', () => {
        throw new Error('mine');
      });
    assert.throws(fail, /mine/);
  });

  it('does not grow over many parses', () => {
    const source = 'def f(a):\n    return [a + 1, a * 2]\n'.repeat(10);
    const parse = (times: number) => {
      for (let i = 0; i < times; i += 1) syntax.read('python', source, (root) => root.hasError);
      return process.memoryUsage().external;
    };
    const before = parse(300);
    assert.ok(parse(3000) - before < 4 * 1024 * 1024);
  }).timeout(20_000);
});
