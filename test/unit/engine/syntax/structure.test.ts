import assert from 'node:assert/strict';
import type { Language } from '../../../../src/engine/domain/task';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { structureOf } from '../../../../src/engine/syntax/structure';
import { assetsFolder } from '../../../support/assets';

describe('the structure of a program', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });
  const same = (language: Language, a: string, b: string): boolean => {
    const [left, right] = [a, b].map((source) => structureOf(syntax, language, source));
    assert.ok(typeof left === 'string' && typeof right === 'string');
    return left === right;
  };

  it('is equal for what differs in layout alone', () => {
    assert.ok(same('python', 'x = [1,2]\n', 'x = [ 1, 2 ]\n\n'));
    assert.ok(same('python', 'if a:\n  b()\n', 'if a:\n        b()\n'));
    assert.ok(same('javascript', 'f( 1 );\n', 'f(1);'));
  });

  it('differs where names, texts, order or nesting do', () => {
    assert.ok(!same('python', 'x = a - b\n', 'x = b - a\n'));
    assert.ok(!same('python', 'x = "a  b"\n', 'x = "a b"\n'));
    assert.ok(!same('python', 'x = """a  b"""\n', 'x = """a b"""\n'));
    assert.ok(!same('javascript', 'x = `a  b`;', 'x = `a b`;'));
    assert.ok(!same('python', 'if a:\n    b()\nc()\n', 'if a:\n    b()\n    c()\n'));
    assert.ok(!same('python', "# don't\nx = 'a  b'\n", "# don't\nx = 'a b'\n"));
  });

  it('is none where there is no program', () => {
    assert.equal(structureOf(syntax, 'python', 'def f(:\n'), null);
    assert.equal(structureOf(syntax, 'python', 'print "a"\n'), null);
    assert.equal(structureOf(syntax, 'typescript', 'let = ;'), null);
  });
});
