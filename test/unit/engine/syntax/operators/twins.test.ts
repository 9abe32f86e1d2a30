import { describeMends } from '../../../../support/mends';

describeMends('twins', [
  {
    fault: 'one fault at two places',
    language: 'python',
    from: 'def f(a, b):\n    if a < 0 or b < 0:\n        return 1\n    return 2\n',
    to: 'def f(a, b):\n    if a <= 0 or b <= 0:\n        return 1\n    return 2\n',
  },
]);
