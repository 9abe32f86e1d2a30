import assert from 'node:assert/strict';
import { mendsOf } from '../../../../../src/engine/syntax/mends';
import { wordsOf } from '../../../../../src/engine/syntax/operators/wordsOfTask';
import { loadSyntax } from '../../../../../src/engine/syntax/parser';
import { assetsFolder } from '../../../../support/assets';
import { describeMends } from '../../../../support/mends';

describeMends('misspelling', [
  {
    fault: 'two letters that were swapped',
    language: 'python',
    from: 'def f(items):\n    result = len(items)\n    return resutl\n',
    to: 'def f(items):\n    result = len(items)\n    return result\n',
  },
  {
    fault: 'a type in the place of the value',
    language: 'python',
    from: 'def f(lists):\n    return [len(one) for one in list]\n',
    to: 'def f(lists):\n    return [len(one) for one in lists]\n',
  },
  {
    fault: 'a method',
    language: 'python',
    from: 'def f(a):\n    a.appned(1)\n    return a\n',
    to: 'def f(a):\n    a.append(1)\n    return a\n',
  },
  {
    fault: 'a function of the language',
    language: 'python',
    from: 'def f(a):\n    return lenn(a)\n',
    to: 'def f(a):\n    return len(a)\n',
  },
  {
    fault: 'a property',
    language: 'javascript',
    from: 'function f(a) { return a.lenght; }',
    to: 'function f(a) { return a.length; }',
  },
  {
    fault: 'a parameter',
    language: 'typescript',
    from: 'function f(width: number) { return widht * 2; }',
    to: 'function f(width: number) { return width * 2; }',
  },
]);

describe('names that mean something', () => {
  const sound = [
    ['python', 'def f(lists):\n    return list(lists)\n'],
    ['python', 'import math\ndef f(x):\n    return math.floor(x)\n'],
    ['javascript', 'function f(maps) { return Math.max(...maps.map((m) => m.size)); }'],
    ['typescript', 'const point = { lengths: 1 };\nfunction f() { return point.lengths; }'],
  ] as const;
  for (const [language, source] of sound) {
    it(`are no misspellings (${language}): ${source.split('\n')[0] ?? ''}`, async () => {
      const syntax = await loadSyntax(assetsFolder);
      const found = mendsOf(syntax, language, source, wordsOf('', language));
      assert.deepEqual(
        found.filter(({ operator }) => operator === 'misspelling').map(({ note }) => note),
        [],
      );
    });
  }
});
