import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { rewardModule } from '../../src/engine/datasets/recipes/rewardModule';
import { productIn, type Product } from '../support/product';
import { temporaryFolder } from '../support/temporary';

/** Called as TRL, verl and XTuner call it: columns as lists, and one answer with its truth. */
const asked = `
import json, sys
import rewards

tests = json.dumps([{"kind": "assert", "source": "assert double(2) == 4"},
                    {"kind": "check", "source": "def check(candidate):\\n    assert candidate(0) == 0"}])
right = "So:\\n\`\`\`python\\ndef double(x):\\n    return 2 * x\\n\`\`\`"
wrong = [{"role": "assistant", "content": "\`\`\`python\\ndef double(x):\\n    return x + 2\\n\`\`\`"}]
escaping = "\`\`\`python\\nimport os\\nos._exit(0)\\n\`\`\`"
answers = [right, wrong, "no program", escaping]
many = lambda value: [value] * len(answers)
print(json.dumps([
    rewards.tests_pass(answers, tests=many(tests), support=many(""), entry_point=many("double"),
                       timeout_seconds=many(3.0), language=many("python"), solved=many(0.5)),
    rewards.compute_score("code_flywheel", right, json.dumps({
        "language": "python", "entry_point": "double", "tests": tests, "support": "", "timeout_seconds": 3})),
    rewards.score(response=right, label=json.dumps({
        "language": "python", "entry_point": "double", "tests": tests, "support": "", "timeout_seconds": 3}),
        extra_info={}),
]))
`;

describe('the reward module of a dataset', () => {
  const folder = temporaryFolder();
  let product: Product;
  beforeEach(() => {
    product = productIn(folder.path, []);
    writeFileSync(path.join(product.work, 'rewards.py'), rewardModule);
    writeFileSync(path.join(product.work, 'asked.py'), asked);
  });

  it('gives 1 to what passes all tests of its row and 0 to all else, in the sandbox', async () => {
    const command = `${process.execPath} ${path.join(folder.path, 'dist', 'cli.js')}`;
    const { stdout, stderr, exitCode } = await execa('python3', ['asked.py'], {
      ...{ cwd: product.work, reject: false, env: { FLYWHEEL_COMMAND: command } },
    });
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), [[1, 0, 0, 0], 1, { score: 1 }]);
  });
});
