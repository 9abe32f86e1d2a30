import { describeMends } from '../../../../support/mends';

describeMends('order', [
  {
    fault: 'the wider case tested first',
    language: 'python',
    from: "def f(n):\n    if n > 5:\n        return 'a'\n    if n > 9:\n        return 'b'\n    return 'c'\n",
    to: "def f(n):\n    if n > 9:\n        return 'b'\n    if n > 5:\n        return 'a'\n    return 'c'\n",
  },
]);
