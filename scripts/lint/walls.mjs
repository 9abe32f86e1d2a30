// Which room may import what. ARCHITECTURE.md says why; the rule beside this file holds it.

/** Rooms of the engine from the top floor down. A room imports lower floors only. */
export const floors = [
  ['flywheel'],
  ['debugging', 'tasks', 'datasets', 'evaluation', 'memory'],
  ['solvers'],
  ['judge'],
  ['models', 'sandbox', 'journal'],
  ['files', 'similarity', 'statistics', 'redaction', 'syntax'],
  ['domain'],
];

/**
 * What stands beside the engine, and what each may import of src/ besides itself: `values` as
 * code, `types` as types only. Names are folders or files without their ending.
 */
export const faces = {
  editor: {
    values: [
      'engine/domain',
      'engine/flywheel',
      'engine/redaction',
      'viewer/messages',
      'viewer/taskName',
    ],
    types: ['engine', 'viewer'],
  },
  cli: { values: ['engine/domain', 'engine/flywheel', 'engine/redaction'], types: ['engine'] },
  viewer: { values: [], types: ['engine/domain'] },
};

/** Files directly under src/, which the product starts from, and the face each hands over to. */
export const entries = { 'extension.ts': 'editor', 'cli.ts': 'cli' };

/** Folders in which nothing but these packages is imported; types included. */
export const onlyPackages = {
  'engine/domain': ['node:crypto'],
  viewer: ['lit', '@vscode-elements/elements', 'uplot', 'zod'],
};

/** Packages that only these folders or files of src/ may import. */
export const packageHomes = [
  { packages: ['vscode'], homes: ['editor', 'extension.ts'] },
  { packages: ['node:child_process', 'execa'], homes: ['engine/sandbox', 'engine/tasks'] },
  {
    packages: ['node:http', 'node:https', 'node:http2', 'node:tls', 'node:dgram'],
    homes: ['engine/models'],
  },
  // The sandbox listens itself to prove that a program inside cannot reach it.
  { packages: ['node:net'], homes: ['engine/models', 'engine/sandbox'] },
  { packages: ['openai', 'undici'], homes: ['engine/models'] },
  { packages: ['node:sqlite'], homes: ['engine/journal'] },
];

/** Globals that reach the network, and where they may be used. */
export const networkGlobals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];
export const networkHome = 'engine/models';
