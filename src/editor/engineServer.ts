import { Closing, messageOf, UserError } from '../engine/domain/errors';
import type { LiveText, RunSummary, TaskRow } from '../engine/domain/view';
import type {
  ConfirmExport,
  ConfirmTasks,
  ConfirmStep,
  RunListener,
  Workbench,
} from '../engine/flywheel/workbench';
import { HostAsking } from './hostAsking';
import type { AskHost } from './hostCalls';
import { coalesce } from './coalesce';
import {
  cancelledCode,
  changedEveryMs,
  type EngineCall,
  type EngineFailure,
  type EngineOptions,
  type FromEngine,
  type ToEngine,
} from './engineCalls';

/**
 * Answers calls with a workbench, which the first call opens and which a failed opening leaves to
 * the next call to try again. Returns what takes the messages of the other side.
 */
export function serveEngine(
  open: (options: EngineOptions, ask: AskHost) => Promise<Workbench>,
  post: (message: FromEngine) => void,
): (message: ToEngine) => Promise<void> {
  let options: EngineOptions | undefined;
  let workbench: Promise<Workbench> | undefined;
  const host = new HostAsking(post);
  const running = new Map<number, AbortController>();

  const opened = async (): Promise<Workbench> => {
    if (options === undefined) throw new Error('The engine was called before it was opened.');
    workbench ??= open(options, host.ask);
    try {
      return await workbench;
    } catch (error) {
      workbench = undefined;
      throw error;
    }
  };

  const answer = async (message: { id: number } & EngineCall): Promise<void> => {
    const { id } = message;
    const controller = new AbortController();
    running.set(id, controller);
    const changes = listenTo(id, post);
    try {
      const value = await callWorkbench(
        await opened(),
        message,
        {
          changes: changes.tell,
          progress: (progress) => post({ kind: 'progress', id, progress }),
          confirm: (preview, signal) => host.ask('confirmExport', { preview }, signal),
          confirmTasks: (preview, signal) => host.ask('confirmTasks', { preview }, signal),
          confirmStep: (run) => (asked, signal) => host.ask('confirmStep', { run, asked }, signal),
        },
        controller.signal,
      );
      changes.flush();
      post({ kind: 'reply', id, value });
    } catch (error) {
      changes.flush();
      post({ kind: 'failure', id, error: failureOf(error, controller.signal.aborted) });
    } finally {
      running.delete(id);
    }
  };

  return async (message) => {
    switch (message.kind) {
      case 'open':
        options = message.options;
        return;
      case 'call':
        return answer(message);
      case 'answer':
      case 'noAnswer':
      case 'text':
        host.take(message);
        return;
      case 'cancel':
        running.get(message.id)?.abort();
        return;
      case 'close': {
        for (const controller of running.values()) controller.abort(new Closing());
        const open = workbench;
        workbench = undefined;
        await (await open?.catch(() => undefined))?.close();
        post({ kind: 'closed' });
      }
    }
  };
}

interface Listeners {
  readonly changes: RunListener;
  readonly progress: (progress: { done: number; total: number; what: string }) => void;
  readonly confirm: ConfirmExport;
  readonly confirmTasks: ConfirmTasks;
  readonly confirmStep: (run: string) => ConfirmStep;
}

async function callWorkbench(
  workbench: Workbench,
  message: EngineCall,
  { changes, progress, confirm, confirmTasks, confirmStep }: Listeners,
  signal: AbortSignal,
): Promise<unknown> {
  switch (message.call) {
    case 'doctor':
      return workbench.doctor(signal);
    case 'runs':
      return workbench.runs();
    case 'run':
      return workbench.run(message.input.run);
    case 'rows':
      return workbench.rows(message.input.run);
    case 'story':
      return workbench.story(message.input.run, message.input.task, message.input.sample);
    case 'program':
      return workbench.program(message.input.hash);
    case 'demo':
      return workbench.demo(changes, signal);
    case 'solve':
      return workbench.solve(message.input, changes, signal);
    case 'resume':
      return workbench.resume(message.input.run, changes, signal, message.input.movedTo);
    case 'makeTasks':
      return workbench.makeTasks(message.input, progress, signal, confirmTasks);
    case 'planTasks':
      return workbench.planTasks(message.input, signal);
    case 'taskFile':
      return workbench.taskFile(message.input, signal);
    case 'taskReport':
      return workbench.taskReport(message.input);
    case 'importTasks':
      return workbench.importTasks(message.input, progress, signal);
    case 'checkTasks':
      return workbench.checkTasks(message.input, progress, signal);
    case 'missedTests':
      return workbench.missedTests(message.input, progress, signal);
    case 'gatedTasks':
      return workbench.gatedTasks();
    case 'functions':
      return workbench.functions(message.input);
    case 'selfDebug':
      return workbench.selfDebug(message.input, changes, signal);
    case 'answerTest':
      return workbench.answerTest(message.input, changes, signal);
    case 'estimate':
      return workbench.estimate(message.input, signal);
    case 'localServers':
      return workbench.localServers(signal);
    case 'endpointModels':
      return workbench.endpointModels(message.input.baseUrl, signal);
    case 'proposal':
      return workbench.proposal(message.input);
    case 'decide':
      workbench.decide(message.input);
      return null;
    case 'exportDataset':
      return workbench.exportDataset(message.input, progress, signal, confirm);
    case 'datasets':
      return workbench.datasets();
    case 'datasetRows':
      return workbench.datasetRows(message.input);
    case 'datasetRefused':
      return workbench.datasetRefused(message.input);
    case 'compareDatasets':
      return workbench.compareDatasets(message.input);
    case 'evaluate':
      return workbench.evaluate(message.input, progress, signal);
    case 'rounds':
      return workbench.rounds(message.input, confirmStep(message.input.run), changes, signal);
    case 'roundsStory':
      return workbench.roundsStory(message.input.run);
    case 'estimateRounds':
      return workbench.estimateRounds(message.input, signal);
    case 'changeLesson':
      await workbench.changeLesson(message.input);
      return null;
  }
}

/** Gathers the rows that changed, so that at most one message leaves per `changedEveryMs`. */
function listenTo(id: number, post: (message: FromEngine) => void) {
  let latest: RunSummary | undefined;
  const rows = new Map<string, TaskRow>();
  const sending = coalesce(changedEveryMs, () => {
    if (latest === undefined) return;
    post({ kind: 'changed', id, run: latest, rows: [...rows.values()] });
    latest = undefined;
    rows.clear();
  });
  const tell = (run: RunSummary, changed: readonly TaskRow[]): void => {
    latest = run;
    for (const row of changed) rows.set(row.hash, row);
    sending.request();
  };
  const writing = (texts: readonly LiveText[]): void => post({ kind: 'writing', id, texts });
  return {
    tell: Object.assign(tell, { writing }),
    flush: () => sending.flush(),
  };
}

function failureOf(error: unknown, aborted: boolean): EngineFailure {
  if (error instanceof UserError) {
    return { code: error.code, message: error.message, mend: error.mend };
  }
  if (aborted) return { code: cancelledCode, message: messageOf(error) };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'unexpected', message: text };
}
