import { describeMends } from '../../../../support/mends';

describeMends('donor', [
  {
    fault: 'what was copied and not changed',
    language: 'python',
    from: 'def f(a, b):\n    x = len(a)\n    y = len(a)\n    z = len(b)\n    return x + y + z\n',
    to: 'def f(a, b):\n    x = len(a)\n    y = len(b)\n    z = len(b)\n    return x + y + z\n',
  },
]);
