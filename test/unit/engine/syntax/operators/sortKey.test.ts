import { describeMends } from '../../../../support/mends';

describeMends('sortKey', [
  {
    fault: 'equal ones in no order',
    language: 'python',
    from: 'def f(words):\n    return sorted(words, key=lambda w: len(w))\n',
    to: 'def f(words):\n    return sorted(words, key=lambda w: (len(w), w))\n',
  },
  {
    fault: 'the first of equals for the least',
    language: 'python',
    from: 'def f(words):\n    return max(words, key=len)\n',
    to: 'def f(words):\n    return max(sorted(words), key=len)\n',
  },
  {
    fault: 'letters for lengths',
    language: 'python',
    from: 'def f(words):\n    words.sort()\n',
    to: 'def f(words):\n    words.sort(key=lambda item: (len(item), item))\n',
  },
  {
    fault: 'equal ones in no order',
    language: 'javascript',
    from: 'function f(words) {\n  return words.sort((a, b) => a.length - b.length);\n}\n',
    to: 'function f(words) {\n  return words.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));\n}\n',
  },
]);
