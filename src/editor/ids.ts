/** Every name that the manifest and the code must agree on. A test holds the two together. */
export const commandIds = [
  'flywheel.runDemo',
  'flywheel.makeTasks',
  'flywheel.makeTasksFromSelection',
  'flywheel.importTasks',
  'flywheel.checkTasks',
  'flywheel.runTask',
  'flywheel.openTask',
  'flywheel.openLastRun',
  'flywheel.showTaskReport',
  'flywheel.showMoreTasks',
  'flywheel.refreshTasks',
  'flywheel.showMissedTests',
  'flywheel.strengthenTests',
  'flywheel.clearMissedTests',
  'flywheel.startRun',
  'flywheel.runRound',
  'flywheel.showRounds',
  'flywheel.selfDebug',
  'flywheel.acceptProposal',
  'flywheel.rejectProposal',
  'flywheel.showProposal',
  'flywheel.answerTest',
  'flywheel.selectModel',
  'flywheel.setApiKey',
  'flywheel.clearApiKey',
  'flywheel.cancelRun',
  'flywheel.resumeRun',
  'flywheel.showIterations',
  'flywheel.showChanges',
  'flywheel.exportDataset',
  'flywheel.showDatasetRows',
  'flywheel.showDatasetCard',
  'flywheel.compareDatasets',
  'flywheel.refreshDatasets',
  'flywheel.evaluate',
  'flywheel.compareRuns',
  'flywheel.checkSandbox',
  'flywheel.refreshRuns',
] as const;
export type CommandId = (typeof commandIds)[number];

export const viewIds = {
  runs: 'flywheel.runs',
  tasks: 'flywheel.tasks',
  iterations: 'flywheel.iterations',
  datasets: 'flywheel.datasets',
} as const;

/** Kinds of tabs, by which the editor brings them back in a new window. */
export const panelIds = { rounds: 'flywheel.rounds' } as const;

export const contextKeys = {
  running: 'flywheel.running',
  hasRuns: 'flywheel.hasRuns',
  hasProposal: 'flywheel.hasProposal',
  hasMissed: 'flywheel.hasMissed',
} as const;

export const settingIds = {
  pythonPath: 'flywheel.python.path',
  nodePath: 'flywheel.node.path',
  workers: 'flywheel.workers',
  maxCandidates: 'flywheel.search.maxCandidates',
  makeTasksLimit: 'flywheel.makeTasks.limit',
  lenses: 'flywheel.codeLens.enabled',
  modelName: 'flywheel.model.name',
  modelBaseUrl: 'flywheel.model.baseUrl',
  maxTokensPerRun: 'flywheel.model.maxTokensPerRun',
  maxTokensPerDay: 'flywheel.model.maxTokensPerDay',
  maxUsdPerDay: 'flywheel.model.maxUsdPerDay',
  requiredLayers: 'flywheel.sandbox.requiredLayers',
  exportIsolation: 'flywheel.export.isolation',
} as const;

/** Scheme of the documents that show programs and reports without a file behind them. */
export const documentScheme = 'flywheel';

/** Scheme of proposals: files in memory that can be edited. */
export const proposalScheme = 'flywheel-proposal';

/** `contextValue` of the nodes of the trees. */
export const nodeContexts = {
  running: 'run-running',
  interrupted: 'run-interrupted',
  finished: 'run-finished',
  roundsRunning: 'rounds-running',
  roundsInterrupted: 'rounds-interrupted',
  roundsFinished: 'rounds-finished',
  round: 'round',
  part: 'part',
  task: 'task',
  turn: 'turn',
  taskFile: 'tasks-file',
  taskState: 'tasks-state',
  newTask: 'tasks-new',
  newRanTask: 'tasks-new-ran',
  checkedTask: 'tasks-checked',
  checkedRanTask: 'tasks-checked-ran',
  dataset: 'dataset',
  datasetFile: 'dataset-file',
  datasetReason: 'dataset-reason',
} as const;
