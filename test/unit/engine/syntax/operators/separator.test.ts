import { describeMends } from '../../../../support/mends';

describeMends('separator', [
  {
    fault: 'several blanks between words',
    language: 'python',
    from: "def f(text):\n    return text.split(' ')\n",
    to: 'def f(text):\n    return text.split()\n',
  },
  {
    fault: 'nothing said to stand between',
    language: 'javascript',
    from: 'function f(items) {\n  return items.join();\n}\n',
    to: "function f(items) {\n  return items.join(', ');\n}\n",
  },
]);
