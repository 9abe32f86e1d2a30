import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { boundLoops } from '../../../../src/engine/syntax/boundLoops';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../support/assets';

describe('bounding loops', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });
  const python = (source: string): string =>
    execFileSync('python3', ['-c', boundLoops(syntax, 'python', source, 50)], { encoding: 'utf8' });
  const script = (source: string): string =>
    execFileSync(process.execPath, ['-e', boundLoops(syntax, 'javascript', source, 50)], {
      encoding: 'utf8',
    });

  it('ends a Python loop that never ends, whatever the program catches', () => {
    const source = [
      '"""A module."""',
      'from __future__ import annotations',
      'def spin():',
      '    n = 0',
      '    while True:',
      '        try:',
      '            n += 1',
      '        except Exception:',
      '            pass',
      'try:',
      '    spin()',
      'except Exception:',
      '    print("caught")',
      'except BaseException as error:',
      '    print(type(error).__name__, error)',
    ].join('\n');
    assert.equal(python(source).trim(), '_flywheel_turns a loop never ends');
  });

  it('leaves loops that end as they were', () => {
    const source = 'n = 3\nwhile n > 0 and (m := n) or False:\n    n -= 1\nprint(n, m)\n';
    assert.equal(python(source).trim(), '0 1');
    const loops =
      'let n = 0; for (let i = 0; i < 3; i++) n += i; do n++; while (n < 9); for (const x of [1, 2]) { n += x; } while (n < 20) { n += 5; } console.log(n);';
    assert.equal(script(loops).trim(), '22');
  });

  for (const loop of [
    'for (;;) n++;',
    'for (;;) { n++; }',
    'while (true);',
    'do { n++; } while (true);',
    'for (const x of (function* () { for (;;) yield 1; })()) n += x;',
  ]) {
    it(`ends ${loop}`, () => {
      const source = `let n = 0; try { ${loop} } catch (error) { console.log(error.message); }`;
      assert.equal(script(source).trim(), 'a loop never ends');
    });
  }

  it('gives a source that does not parse back as it is', () => {
    assert.equal(boundLoops(syntax, 'python', 'while (:\n', 9), 'while (:\n');
  });
});
