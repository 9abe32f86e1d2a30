import { describeMends } from '../../../../support/mends';

describeMends('equalityGuard', [
  {
    fault: 'a missing base case',
    language: 'python',
    from: 'def f(n):\n    return n * f(n - 1)\n',
    to: 'def f(n):\n    if n == 0:\n        return 1\n    return n * f(n - 1)\n',
  },
  {
    fault: 'two arguments that are equal',
    language: 'python',
    from: 'def f(a, b):\n    return a > b\n',
    to: 'def f(a, b):\n    if a == b:\n        return True\n    return a > b\n',
  },
  {
    fault: 'a word of the task for a special number',
    language: 'javascript',
    from: 'function f(n) {\n  return `${n}`;\n}\n',
    to: "function f(n) {\n  if (n === 0) return 'none';\n  return `${n}`;\n}\n",
    prompt: "Return 'none' for 0.",
  },
]);
