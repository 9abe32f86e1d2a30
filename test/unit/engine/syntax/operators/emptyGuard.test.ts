import { describeMends } from '../../../../support/mends';

describeMends('emptyGuard', [
  {
    fault: 'a division by the length of an empty list',
    language: 'python',
    from: 'def f(v):\n    return sum(v) / len(v)\n',
    to: 'def f(v):\n    if not v:\n        return 0\n    return sum(v) / len(v)\n',
  },
  {
    fault: 'the first item of an empty list, below a docstring',
    language: 'python',
    from: 'def f(v):\n    """Doc."""\n    return v[0]\n',
    to: 'def f(v):\n    """Doc."""\n    if not v:\n        return None\n    return v[0]\n',
  },
  {
    fault: 'an empty list',
    language: 'javascript',
    from: 'function f(v) {\n  return v[0];\n}\n',
    to: 'function f(v) {\n  if (!v || v.length === 0) return null;\n  return v[0];\n}\n',
  },
]);
