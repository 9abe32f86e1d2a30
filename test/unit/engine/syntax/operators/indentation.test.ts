import { describeMends } from '../../../../support/mends';

describeMends('indentation', [
  {
    fault: 'a return in the first round of a loop',
    language: 'python',
    from: 'def f(v):\n    for x in v:\n        if x < 0:\n            return False\n        return True\n',
    to: 'def f(v):\n    for x in v:\n        if x < 0:\n            return False\n    return True\n',
  },
  {
    fault: 'an answer of else before all was seen',
    language: 'python',
    from: 'def f(v, y):\n    for x in v:\n        if x == y:\n            return True\n        else:\n            return False\n',
    to: 'def f(v, y):\n    for x in v:\n        if x == y:\n            return True\n    return False\n',
  },
  {
    fault: 'a counter that begins anew',
    language: 'python',
    from: 'def f(v):\n    for x in v:\n        t = 0\n        t += x\n    return t\n',
    to: 'def f(v):\n    t = 0\n    for x in v:\n        t += x\n    return t\n',
  },
  {
    fault: 'a statement that belongs to the loop',
    language: 'python',
    from: 'def f(v):\n    t = 0\n    for x in v:\n        y = x\n    t += y\n    return t\n',
    to: 'def f(v):\n    t = 0\n    for x in v:\n        y = x\n        t += y\n    return t\n',
  },
  {
    fault: 'an else that ends a search',
    language: 'javascript',
    from: 'function f(v, y) {\n  for (const x of v) {\n    if (x === y) {\n      return true;\n    } else {\n      return false;\n    }\n  }\n}\n',
    to: 'function f(v, y) {\n  for (const x of v) {\n    if (x === y) {\n      return true;\n    }\n  }\n  return false;\n}\n',
  },
  {
    fault: 'a return that ends a loop at its first find',
    language: 'python',
    from: 'def f(v):\n    r = []\n    for x in v:\n        if x:\n            r.append(x)\n            return r\n',
    to: 'def f(v):\n    r = []\n    for x in v:\n        if x:\n            r.append(x)\n    return r\n',
  },
]);
