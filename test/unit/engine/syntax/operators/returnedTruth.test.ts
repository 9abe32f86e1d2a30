import { describeMends } from '../../../../support/mends';

describeMends('returnedTruth', [
  {
    fault: 'what is left over and not asked for',
    language: 'python',
    from: 'def f(text):\n    stack = list(text)\n    return True\n',
    to: 'def f(text):\n    stack = list(text)\n    return not stack\n',
  },
  {
    fault: 'a count that is not asked for',
    language: 'javascript',
    from: 'function f(n) {\n  let depth = n;\n  return true;\n}\n',
    to: 'function f(n) {\n  let depth = n;\n  return depth === 0;\n}\n',
  },
]);
