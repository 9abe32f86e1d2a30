import { describeMends } from '../../../../support/mends';

describeMends('compose', [
  {
    fault: 'the end of a slice',
    language: 'python',
    from: 'def f(v, i, n):\n    return v[i:n]\n',
    to: 'def f(v, i, n):\n    return v[i:i + n]\n',
  },
  {
    fault: 'an inner loop that begins at 0',
    language: 'python',
    from: 'def f(v):\n    for i in range(len(v)):\n        for j in range(len(v)):\n            pass\n',
    to: 'def f(v):\n    for i in range(len(v)):\n        for j in range(i + 1, len(v)):\n            pass\n',
  },
]);
