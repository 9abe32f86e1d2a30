import { describeMends } from '../../../../support/mends';

describeMends('exchange', [
  {
    fault: 'functions taken for each other',
    language: 'python',
    from: 'def f(x, low, high):\n    return min(low, max(x, high))\n',
    to: 'def f(x, low, high):\n    return max(low, min(x, high))\n',
  },
  {
    fault: 'variables taken for each other',
    language: 'javascript',
    from: 'function f(a, b) {\n  return a * a - b;\n}\n',
    to: 'function f(a, b) {\n  return b * b - a;\n}\n',
  },
]);
