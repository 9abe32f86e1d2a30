import { describeMends } from '../../../../support/mends';

describeMends('conversion', [
  {
    fault: 'a result that is to be rounded',
    language: 'python',
    from: 'def f(a, b):\n    return a / b\n',
    to: 'def f(a, b):\n    return round(a / b, 2)\n',
  },
  {
    fault: 'a number for its text',
    language: 'python',
    from: 'def f(n):\n    return n\n',
    to: 'def f(n):\n    return str(n)\n',
  },
  {
    fault: 'a loop over a number',
    language: 'python',
    from: 'def f(n):\n    for d in n:\n        pass\n',
    to: 'def f(n):\n    for d in str(n):\n        pass\n',
  },
  {
    fault: 'a share that is to be whole',
    language: 'javascript',
    from: 'function f(a, b) { return a / b; }',
    to: 'function f(a, b) { return Math.round(a / b); }',
  },
]);
