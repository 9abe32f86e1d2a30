import { describeMends } from '../../../../support/mends';

describeMends('initialValue', [
  {
    fault: 'a product that begins with 0',
    language: 'python',
    from: 'def f(v):\n    p = 0\n    return p\n',
    to: 'def f(v):\n    p = 1\n    return p\n',
  },
  {
    fault: 'a maximum that begins with 0',
    language: 'python',
    from: 'def f(v):\n    m = 0\n    return m\n',
    to: 'def f(v):\n    m = v[0]\n    return m\n',
  },
  {
    fault: 'a minimum that begins with 0',
    language: 'javascript',
    from: 'function f(v) { let m = 0; return m; }',
    to: 'function f(v) { let m = Infinity; return m; }',
  },
]);
