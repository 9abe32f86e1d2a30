import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdit, editsOf } from '../../../../src/engine/syntax/edits';
import { functionsOf } from '../../../../src/engine/syntax/functions';
import { loadSyntax, type Syntax } from '../../../../src/engine/syntax/parser';
import { sliceFor } from '../../../../src/engine/syntax/slice';
import { spliceInto } from '../../../../src/engine/syntax/splice';
import { assetsFolder } from '../../../support/assets';
import { pythonProgram, typescriptProgram } from './samplePrograms';

describe('spliceInto', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax(assetsFolder);
  });
  const file =
    'import re\n\nLIMIT = 3\n\n\ndef other():\n    return 1\n\n\ndef f(x):\n    return x\n';
  const slice = 'LIMIT = 3\n\n\ndef f(x):\n    return x\n';
  const spliced = (after: string): string => {
    const result = spliceInto(syntax, {
      language: 'python',
      file,
      before: slice,
      after,
      entryPoint: 'f',
    });
    return 'text' in result ? result.text : result.problem;
  };

  it('changes the function and nothing else', () => {
    assert.equal(
      spliced('LIMIT = 3\n\n\ndef f(x):\n    return x + LIMIT\n'),
      file.replace('    return x\n', '    return x + LIMIT\n'),
    );
  });

  it('puts new imports with the imports and new functions before the changed one', () => {
    const after =
      'import math\n\n\ndef half(x):\n    return x / 2\n\n\ndef f(x):\n    return half(x)\n';
    assert.equal(
      spliced(after),
      'import re\nimport math\n\nLIMIT = 3\n\n\ndef other():\n    return 1\n\n\ndef half(x):\n    return x / 2\n\n\ndef f(x):\n    return half(x)\n',
    );
  });

  it('leaves what the new part left out, and imports that are there already', () => {
    assert.equal(spliced('import re\n\n\ndef f(x):\n    return x\n'), file);
  });

  it('says so where the new part does not parse', () => {
    assert.match(spliced('def f(x:\n'), /line 1/);
  });

  for (const [language, source] of [
    ['python', pythonProgram],
    ['typescript', typescriptProgram],
  ] as const) {
    it(`puts any edit of a slice where the same edit of the file would be, in ${language}`, () => {
      const names = functionsOf(syntax, language, source).map(({ name }) => name);
      fc.assert(
        fc.property(fc.constantFrom(...names), fc.nat(), (entryPoint, choice) => {
          const slice = sliceFor(syntax, language, source, [entryPoint]).source;
          const place = functionsOf(syntax, language, slice).find(
            ({ name }) => name === entryPoint,
          );
          assert.ok(place);
          const edits = editsOf(syntax, language, slice, {
            start: place.bodyStart,
            end: place.bodyEnd,
          });
          const edit = edits[choice % Math.max(1, edits.length)];
          const after = edit ? applyEdit(slice, edit) : slice;
          const result = spliceInto(syntax, {
            language,
            file: source,
            before: slice,
            after,
            entryPoint,
          });
          assert.ok('text' in result);
          const body = slice.slice(place.bodyStart, place.bodyEnd);
          const changed = after.slice(place.bodyStart, after.length - slice.length + place.bodyEnd);
          assert.equal(
            result.text,
            source.replace(body, () => changed),
          );
        }),
        { numRuns: 60 },
      );
    });
  }
});
