import { describeMends } from '../../../../support/mends';

describeMends('missingReturn', [
  {
    fault: 'a result that is not given back',
    language: 'python',
    from: 'def f(v):\n    total = 0\n    for x in v:\n        total += x\n',
    to: 'def f(v):\n    total = 0\n    for x in v:\n        total += x\n    return total\n',
  },
  {
    fault: 'a result that is printed',
    language: 'python',
    from: 'def f(v):\n    print(len(v))\n',
    to: 'def f(v):\n    return len(v)\n',
  },
  {
    fault: 'a block for an expression',
    language: 'javascript',
    from: 'const f = (n) => { n % 2 === 0 };',
    to: 'const f = (n) => { return n % 2 === 0 };',
  },
]);
