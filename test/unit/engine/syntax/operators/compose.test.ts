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
  {
    fault: 'what was left out of a result',
    language: 'python',
    from: 'def f(v):\n    rest = f(v[1:])\n    return [[v[0]] + one for one in rest]\n',
    to: 'def f(v):\n    rest = f(v[1:])\n    return rest + [[v[0]] + one for one in rest]\n',
  },
  {
    fault: 'a recursion that forgets what it has passed',
    language: 'python',
    from: 'def f(v, k):\n    low = v[1:]\n    return f(low, k)\n',
    to: 'def f(v, k):\n    low = v[1:]\n    return f(low, k - len(low))\n',
  },
]);
