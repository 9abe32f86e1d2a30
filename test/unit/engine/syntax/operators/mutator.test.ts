import { describeMends } from '../../../../support/mends';

describeMends('mutator', [
  {
    fault: 'the value of a sort',
    language: 'python',
    from: 'def f(v):\n    return v.sort()\n',
    to: 'def f(v):\n    return sorted(v)\n',
  },
  {
    fault: 'the value of an append',
    language: 'python',
    from: 'def f(v, x):\n    return v.append(x)\n',
    to: 'def f(v, x):\n    return v + [x]\n',
  },
  {
    fault: 'a list lost to its own change',
    language: 'python',
    from: 'def f(v, x):\n    v = v.append(x)\n    return v\n',
    to: 'def f(v, x):\n    v.append(x)\n    return v\n',
  },
  {
    fault: 'a new text thrown away',
    language: 'python',
    from: "def f(t):\n    t.replace('a', 'b')\n    return t\n",
    to: "def f(t):\n    t = t.replace('a', 'b')\n    return t\n",
  },
  {
    fault: 'the value of a push',
    language: 'javascript',
    from: 'function f(v, x) {\n  return v.push(x);\n}\n',
    to: 'function f(v, x) {\n  v.push(x);\n  return v;\n}\n',
  },
]);
