import { describeMends } from '../../../../support/mends';

describeMends('argumentsApart', [
  {
    fault: 'roles handed on in the wrong order',
    language: 'python',
    from: 'def f(a, b, c):\n    return a + g(a, b, c)\n',
    to: 'def f(a, b, c):\n    return a + g(c, b, a)\n',
  },
  {
    fault: 'roles that all move on by one',
    language: 'javascript',
    from: 'function f(a, b, c) {\n  return g(a, b, c);\n}\n',
    to: 'function f(a, b, c) {\n  return g(b, c, a);\n}\n',
  },
]);
