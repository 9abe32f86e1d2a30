import { describeMends } from '../../../../support/mends';

describeMends('lookupDefault', [
  {
    fault: 'counting in an empty mapping',
    language: 'python',
    from: 'def f(d, k):\n    d[k] += 1\n',
    to: 'def f(d, k):\n    d[k] = d.get(k, 0) + 1\n',
  },
  {
    fault: 'a key that may be missing',
    language: 'python',
    from: 'def f(d, k):\n    return d[k]\n',
    to: 'def f(d, k):\n    return d.get(k, 0)\n',
  },
  {
    fault: 'counting in an empty object',
    language: 'javascript',
    from: 'function f(d, k) { d[k] += 1; }',
    to: 'function f(d, k) { d[k] = (d[k] ?? 0) + 1; }',
  },
]);
