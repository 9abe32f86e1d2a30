import { describeMends } from '../../../../support/mends';

describeMends('missingImport', [
  {
    fault: 'a module that is used',
    language: 'python',
    from: 'def f(x):\n    return math.sqrt(x)\n',
    to: 'import math\n\ndef f(x):\n    return math.sqrt(x)\n',
  },
  {
    fault: 'a type that is named',
    language: 'python',
    from: 'def f(x: List[int]):\n    return x\n',
    to: 'from typing import List\n\ndef f(x: List[int]):\n    return x\n',
  },
]);
