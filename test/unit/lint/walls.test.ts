import { strict as assert } from 'node:assert';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';

/** One row: what is imported or written where, and whether a wall stands in the way. */
type Row = readonly [file: string, code: string];

const walls = 'flywheel/walls';
const value = (source: string): string => `import { a } from '${source}'; a();`;
const type = (source: string): string => `import type { A } from '${source}'; export type B = A;`;

const forbidden: Record<string, readonly Row[]> = {
  'a room above': [
    ['src/engine/judge/python/judge.ts', value('../../solvers/search')],
    ['src/engine/domain/task.ts', value('../files/lines')],
    ['src/engine/sandbox/pool.ts', type('../flywheel/workbench')],
  ],
  'a room on the same floor': [
    ['src/engine/debugging/loop.ts', value('../memory/lessons')],
    ['src/engine/sandbox/pool.ts', type('../journal/store')],
  ],
  'a room with no floor': [
    ['src/engine/flywheel/demo.ts', value('../helpers/text')],
    ['src/engine/helpers/text.ts', value('../domain/task')],
  ],
  'the engine and its faces': [
    ['src/engine/flywheel/demo.ts', value('../../cli/print')],
    ['src/engine/flywheel/demo.ts', type('../../viewer/messages')],
    ['src/engine/flywheel/demo.ts', value('../../editor/activate')],
    ['src/engine/flywheel/demo.ts', value('vscode')],
  ],
  'vscode outside the editor': [
    ['src/cli/main.ts', value('vscode')],
    ['src/viewer/main.ts', type('vscode')],
  ],
  'packages in domain': [
    ['src/engine/domain/task.ts', value('zod')],
    ['src/engine/domain/task.ts', value('node:fs')],
    ['src/engine/domain/task.ts', value('fs')],
  ],
  'child processes': [
    ['src/editor/activate.ts', value('node:child_process')],
    ['src/engine/judge/judge.ts', value('child_process')],
    ['src/engine/judge/judge.ts', value('execa')],
    ['src/engine/judge/judge.ts', `const c = await import('node:child_process'); c.exec('a');`],
    ['src/cli/main.ts', `const c = require('child_process'); c.exec('a');`],
  ],
  network: [
    ['src/engine/solvers/chat.ts', value('openai')],
    ['src/engine/solvers/chat.ts', type('openai/resources')],
    ['src/cli/main.ts', value('node:https')],
    ['src/engine/tasks/import.ts', value('http')],
  ],
  database: [['src/engine/flywheel/demo.ts', value('node:sqlite')]],
  viewer: [
    ['src/viewer/main.ts', value('../engine/domain/task')],
    ['src/viewer/main.ts', type('../engine/flywheel/workbench')],
    ['src/viewer/main.ts', value('node:path')],
    ['src/viewer/main.ts', value('diff')],
    ['src/viewer/main.ts', value('../editor/ids')],
  ],
  'faces into the engine': [
    ['src/cli/main.ts', value('../engine/judge/judge')],
    ['src/cli/main.ts', value('../editor/ids')],
    ['src/editor/views/runs.ts', value('../../engine/journal/store')],
    ['src/editor/activate.ts', value('../viewer/main')],
    ['src/editor/activate.ts', `export { a } from '../engine/journal/store';`],
  ],
  'what the product starts from': [
    ['src/extension.ts', value('./engine/flywheel/openWorkbench')],
    ['src/cli.ts', value('./editor/activate')],
  ],
  'outside src': [['src/cli/main.ts', value('../../scripts/place.mjs')]],
};

const allowed: readonly Row[] = [
  ['src/engine/flywheel/demo.ts', value('../journal/store')],
  ['src/engine/judge/python/judge.ts', value('../pythonProgram')],
  ['src/engine/judge/python/judge.ts', value('../../domain/task')],
  ['src/engine/domain/hash.ts', value('node:crypto')],
  ['src/engine/sandbox/python/forkServer.ts', value('execa')],
  ['src/engine/tasks/makers/commits.ts', value('node:child_process')],
  ['src/engine/models/endpoint.ts', `${value('openai')} await fetch('http://localhost');`],
  ['src/engine/journal/store.ts', value('node:sqlite')],
  ['src/editor/views/runs.ts', type('../../engine/journal/store')],
  ['src/editor/engineThread.ts', value('../engine/flywheel/openWorkbench')],
  ['src/editor/viewerSession.ts', value('../viewer/messages')],
  ['src/editor/activate.ts', value('vscode')],
  ['src/viewer/main.ts', type('../engine/domain/view')],
  ['src/viewer/main.ts', value('lit/decorators.js')],
  ['src/viewer/main.ts', `import '@vscode-elements/elements/dist/vscode-button/index.js';`],
  ['src/cli/main.ts', value('../engine/domain/errors')],
  ['src/cli.ts', value('./cli/main')],
  ['src/extension.ts', value('./editor/activate')],
];

const rules: readonly (readonly [rule: string, file: string, code: string])[] = [
  ['no-restricted-globals', 'src/engine/solvers/chat.ts', `await fetch('http://localhost');`],
  ['no-restricted-properties', 'src/editor/activate.ts', `await globalThis.fetch('a');`],
  ['no-restricted-syntax', 'src/engine/judge/judge.ts', 'export default 1;'],
  ['no-restricted-syntax', 'src/cli/main.ts', 'const a = 1; export { a as default };'],
  ['no-restricted-syntax', 'test/unit/a.test.ts', `it.only('a', () => {});`],
  ['no-restricted-syntax', 'test/unit/a.test.ts', `describe.skip('a', () => {});`],
  ['no-restricted-syntax', 'test/unit/a.test.ts', `it('a', function () { this.skip(); });`],
  ['no-restricted-syntax', 'test/unit/a.test.ts', `xit('a', () => {});`],
  ['max-lines', 'src/cli/main.ts', `${'\n'.repeat(401)}export {};`],
  ['@typescript-eslint/no-explicit-any', 'src/cli/main.ts', 'export type A = any;'],
  ['@typescript-eslint/no-non-null-assertion', 'src/cli/main.ts', 'a!.b();'],
];

// These need types, and with them a file that the compiler knows.
const typedRules: readonly (readonly [rule: string, code: string])[] = [
  ['@typescript-eslint/no-floating-promises', 'export function a(b: () => Promise<void>) { b(); }'],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    `export function a(b: 'c' | 'd') { switch (b) { case 'c': return 1; } return 2; }`,
  ],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    `export function a(b: 'c' | 'd') { switch (b) { case 'c': return 1; default: return 2; } }`,
  ],
];

describe('walls of the house', () => {
  const eslint = new ESLint({
    overrideConfig: tseslint.configs.disableTypeChecked as Linter.Config,
  });
  const found = async (linter: ESLint, file: string, code: string) => {
    const [result] = await linter.lintText(code, { filePath: file });
    return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
  };

  for (const [wall, rows] of Object.entries(forbidden)) {
    it(`catches: ${wall}`, async () => {
      for (const [file, code] of rows) {
        const messages = await found(eslint, file, code);
        assert.ok(messages.includes(walls), `${file} may hold: ${code}`);
      }
    });
  }

  it('lets legal imports be', async () => {
    for (const [file, code] of allowed) {
      assert.deepEqual(await found(eslint, file, code), [], `${file}: ${code}`);
    }
  });

  for (const [rule, file, code] of rules) {
    it(`${rule} holds in ${file}: ${code.slice(0, 50).trim()}`, async () => {
      assert.ok((await found(eslint, file, code)).includes(rule));
    });
  }

  for (const [rule, code] of typedRules) {
    it(`${rule} holds: ${code.slice(32, 80)}`, async function () {
      this.timeout(60_000);
      const messages = await found(new ESLint(), 'src/engine/domain/errors.ts', code);
      assert.ok(messages.includes(rule), messages.join());
    });
  }
});
