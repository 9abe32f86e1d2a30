import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sha256 } from '../../../../src/engine/domain/hash';
import { againPrompt } from '../../../../src/engine/solvers/prompts/again';
import { explainPrompt } from '../../../../src/engine/solvers/prompts/explain';
import { definePrompt, fenced } from '../../../../src/engine/solvers/prompts/prompt';
import { reasonPrompt } from '../../../../src/engine/solvers/prompts/reason';
import { refinePrompt } from '../../../../src/engine/solvers/prompts/refine';
import { rubberDuckPrompt } from '../../../../src/engine/solvers/prompts/rubberDuck';
import { solvePrompt } from '../../../../src/engine/solvers/prompts/solve';
import { systemPrompt } from '../../../../src/engine/solvers/prompts/system';
import { writeTestsPrompt } from '../../../../src/engine/solvers/prompts/writeTests';

/** A text that changes gets a new version: what is recorded under one is what was said. */
const known: Readonly<Record<string, string>> = {
  'again@1': '40391f25d307de41',
  'explain@1': 'ac71de0b4bd43c6c',
  'reason@1': 'f95ff1e582ba0912',
  'refine@1': 'e5e69754705ca213',
  'rubber-duck@1': 'f08bdd6c5b5eafad',
  'solve@1': '0008451b8e80329b',
  'system@1': 'a20024d5470afdf9',
  'write-tests@1': 'ebbb49011c7beee1',
};

describe('prompts', () => {
  it('keep their text under their version', () => {
    const all = [
      ...[systemPrompt, solvePrompt, refinePrompt, explainPrompt],
      ...[rubberDuckPrompt, writeTestsPrompt, againPrompt, reasonPrompt],
    ];
    const now = Object.fromEntries(all.map(({ id, text }) => [id, sha256(text).slice(0, 16)]));
    assert.deepEqual(now, known);
  });

  it('let nothing that fills a slot open another', () => {
    const prompt = definePrompt({ name: 'p', version: 1, slots: ['a', 'b'], text: '{{a}} {{b}}' });
    assert.equal(prompt.fill({ a: '{{b}}', b: 'x' }), '{{b}} x');
    assert.equal(prompt.fill({ a: '$&', b: '$1' }), '$& $1');
  });

  it('fence any text so that it cannot end its block', () => {
    const part = fc.constantFrom('`', '``', '```', '````', '\n', 'a', '~~~');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('');
        const lines = fenced('Data', text).split('\n');
        const fence = lines[1] ?? '';
        assert.match(fence, /^`{3,}$/);
        assert.ok(!text.includes(fence));
        assert.equal(lines.at(-1), fence);
      }),
    );
  });
});
