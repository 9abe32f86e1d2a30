import { describeMends } from '../../../../support/mends';

describeMends('synthesis', [
  {
    fault: 'a case that was forgotten',
    language: 'python',
    from: 'def f(a, b):\n    if a:\n        return 1\n    return 0\n',
    to: 'def f(a, b):\n    if a and a not in b:\n        return 1\n    return 0\n',
  },
  {
    fault: 'a test of the wrong things',
    language: 'javascript',
    from: 'function f(a, b) { if (a) return 1; return 0; }',
    to: 'function f(a, b) { if (a > b) return 1; return 0; }',
  },
]);
