/** Every name that the manifest and the code must agree on. A test holds the two together. */
export const commandIds = [
  'flywheel.runDemo',
  'flywheel.makeTasks',
  'flywheel.startRun',
  'flywheel.cancelRun',
  'flywheel.resumeRun',
  'flywheel.showIterations',
  'flywheel.showChanges',
  'flywheel.exportDataset',
  'flywheel.checkSandbox',
  'flywheel.refreshRuns',
] as const;
export type CommandId = (typeof commandIds)[number];

export const viewIds = { runs: 'flywheel.runs', iterations: 'flywheel.iterations' } as const;

export const containerId = 'flywheel';

export const contextKeys = { running: 'flywheel.running', hasRuns: 'flywheel.hasRuns' } as const;

export const settingIds = {
  pythonPath: 'flywheel.python.path',
  workers: 'flywheel.workers',
  maxCandidates: 'flywheel.search.maxCandidates',
  makeTasksLimit: 'flywheel.makeTasks.limit',
} as const;

/** Scheme of the documents that show programs and reports without a file behind them. */
export const documentScheme = 'flywheel';

/** `contextValue` of the nodes of the Runs tree. */
export const nodeContexts = {
  running: 'run-running',
  interrupted: 'run-interrupted',
  finished: 'run-finished',
  task: 'task',
  turn: 'turn',
} as const;
