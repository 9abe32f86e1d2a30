import { describeMends } from '../../../../support/mends';

describeMends('rangeDirection', [
  {
    fault: 'a table that reads what it has just written',
    language: 'python',
    from: 'def f(a, b):\n    for i in range(a, b):\n        pass\n',
    to: 'def f(a, b):\n    for i in reversed(range(a, b)):\n        pass\n',
  },
  {
    fault: 'steps of one for multiples',
    language: 'python',
    from: 'def f(n):\n    for i in range(2, n):\n        for j in range(i, n):\n            pass\n',
    to: 'def f(n):\n    for i in range(2, n):\n        for j in range(i, n, i):\n            pass\n',
  },
  {
    fault: 'a loop that runs the wrong way',
    language: 'javascript',
    from: 'function f(a, b) {\n  for (let i = a; i <= b; i++) {}\n}\n',
    to: 'function f(a, b) {\n  for (let i = b; i >= a; i--) {}\n}\n',
  },
]);
