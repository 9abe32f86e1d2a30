import { describeMends } from '../../../../support/mends';

describeMends('missingStep', [
  {
    fault: 'a loop that never moves',
    language: 'python',
    from: 'def f(n):\n    while n > 0:\n        g(n)\n',
    to: 'def f(n):\n    while n > 0:\n        g(n)\n        n -= 1\n',
  },
  {
    fault: 'an item that is dropped',
    language: 'python',
    from: "def f(t):\n    r = ''\n    for c in t:\n        if c == 'a':\n            r += 'b'\n    return r\n",
    to: "def f(t):\n    r = ''\n    for c in t:\n        if c == 'a':\n            r += 'b'\n        else:\n            r += c\n    return r\n",
  },
  {
    fault: 'a loop that never moves',
    language: 'javascript',
    from: 'function f(n) {\n  let i = 0;\n  while (i < n) {\n    g(i);\n  }\n}\n',
    to: 'function f(n) {\n  let i = 0;\n  while (i < n) {\n    g(i);\n    i += 1;\n  }\n}\n',
  },
]);
