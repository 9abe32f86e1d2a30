import assert from 'node:assert/strict';
import { ImportsAhead } from '../../../../src/engine/sandbox/python/importsAhead';

const payload = (program: string): string => JSON.stringify({ mode: 'serve', program });

describe('modules that are loaded ahead of programs', () => {
  it('are those that two programs import, each told once', () => {
    const imports = new ImportsAhead();
    const program = payload('import math, random\nfrom typing import List\nx = 1; import heapq');
    assert.deepEqual(imports.worth(program), []);
    assert.deepEqual(imports.worth(program).sort(), ['heapq', 'math', 'random', 'typing']);
    assert.deepEqual(imports.worth(program), []);
  });

  it('are counted once a program, however often it imports them', () => {
    const imports = new ImportsAhead();
    assert.deepEqual(imports.worth(payload('import re\nimport re\ndef f():\n    import re')), []);
    assert.deepEqual(imports.worth(payload('    import re')), ['re']);
  });

  it('are none that do something by being imported, or that programs bring themselves', () => {
    const imports = new ImportsAhead();
    const program = payload(
      'import antigravity, this\nimport threading\nfrom asyncio import run\nimport os.path',
    );
    assert.deepEqual([imports.worth(program), imports.worth(program)], [[], []]);
  });
});
