import { describeMends } from '../../../../support/mends';

describeMends('wordsOfTask', [
  {
    fault: 'a number misread',
    language: 'python',
    from: 'def f(x):\n    return x - 30\n',
    to: 'def f(x):\n    return x - 32\n',
    prompt: 'Subtract 32.',
  },
  {
    fault: 'a percentage misread',
    language: 'python',
    from: 'def f(x):\n    return x * 0.2\n',
    to: 'def f(x):\n    return x * 0.8\n',
    prompt: 'Take off 20 percent.',
  },
  {
    fault: 'a wording misread',
    language: 'python',
    from: "def f(n):\n    return 'Hello ' + n\n",
    to: "def f(n):\n    return 'Hello, ' + n\n",
    prompt: "Return 'Hello, NAME'.",
  },
]);
