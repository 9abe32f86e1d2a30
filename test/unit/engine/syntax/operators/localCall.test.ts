import { describeMends } from '../../../../support/mends';

describeMends('localCall', [
  {
    fault: 'a helper that is not asked',
    language: 'python',
    from: 'def f(v):\n    def find(x):\n        return x + 1\n    return v[v[0]:]\n\ndef g(a, b):\n    return h(a)\n\ndef h(n):\n    return n\n',
    to: 'def f(v):\n    def find(x):\n        return x + 1\n    return v[v[0]:]\n\ndef g(a, b):\n    return h(f(a))\n\ndef h(n):\n    return n\n',
  },
  {
    fault: 'an item that is not gone into',
    language: 'javascript',
    from: 'function f(items) {\n  const done = [];\n  function take(item) {\n    for (const other of item.needs) {\n      done.push(other);\n    }\n  }\n  return done;\n}\n',
    to: 'function f(items) {\n  const done = [];\n  function take(item) {\n    for (const other of item.needs) {\n      take(other);\n    }\n  }\n  return done;\n}\n',
  },
]);
