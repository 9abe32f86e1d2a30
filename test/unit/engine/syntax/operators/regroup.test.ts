import { describeMends } from '../../../../support/mends';

describeMends('regroup', [
  {
    fault: 'parentheses that are missing',
    language: 'python',
    from: 'def f(a, b, c):\n    return a - b * c / 9\n',
    to: 'def f(a, b, c):\n    return (a - b) * c / 9\n',
  },
  {
    fault: 'parentheses that are missing',
    language: 'javascript',
    from: 'const f = (a, b, c) => a + b * c;',
    to: 'const f = (a, b, c) => (a + b) * c;',
  },
]);
