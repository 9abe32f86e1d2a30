import { describeMends } from '../../../../support/mends';

describeMends('letterCase', [
  {
    fault: 'capitals that do not count',
    language: 'python',
    from: "def f(c):\n    return c in 'aeiou'\n",
    to: "def f(c):\n    return c in 'aeiouAEIOU'\n",
  },
]);
