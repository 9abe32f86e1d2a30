import { describeMends } from '../../../../support/mends';

describeMends('countedCall', [
  {
    fault: 'a step that is not counted',
    language: 'python',
    from: 'def f(best, i):\n    return min(best[i], best[i - 1])\n',
    to: 'def f(best, i):\n    return min(best[i] + 1, best[i - 1])\n',
  },
  {
    fault: 'a recursion that does not go on',
    language: 'javascript',
    from: 'function f(n) {\n  return n < 1 ? 0 : f(n);\n}\n',
    to: 'function f(n) {\n  return n < 1 ? 0 : f(n - 1);\n}\n',
  },
  {
    fault: 'a length that is returned one too short',
    language: 'python',
    from: 'def f(v):\n    return len(v)\n',
    to: 'def f(v):\n    return len(v) + 1\n',
  },
]);
