import assert from 'node:assert/strict';
import { Closing, UserError } from '../../../src/engine/domain/errors';
import type {
  ExportPreview,
  ExportResult,
  MadePreview,
  MakeTasksResult,
  RunListener,
  Workbench,
} from '../../../src/engine/flywheel/workbench';
import { Announcer } from '../../../src/editor/announcer';
import { Cancelled, EngineClient, type Thread, type Token } from '../../../src/editor/engineClient';
import {
  changedEveryMs,
  type EngineOptions,
  type FromEngine,
  type ToEngine,
} from '../../../src/editor/engineCalls';
import { serveEngine } from '../../../src/editor/engineServer';
import { lentModels } from '../../../src/editor/hostAsking';
import type { AskHost, Host } from '../../../src/editor/hostCalls';
import { row, summary } from '../viewer/rows';

const options: EngineOptions = {
  journalFile: '/j',
  assetsFolder: '/a',
  samplesFolder: '/s',
  version: '0',
};

/** A thread in this process, with messages cloned on their way as a real one does. */
class LoopThread implements Thread {
  readonly sent: FromEngine[] = [];
  readonly received: ToEngine[] = [];
  private readonly listeners = new Map<string, (value: unknown) => void>();
  private readonly serve: (message: ToEngine) => Promise<void>;

  constructor(open: Parameters<typeof serveEngine>[0]) {
    this.serve = serveEngine(open, (message) => {
      this.sent.push(message);
      this.emit('message', structuredClone(message));
    });
  }

  postMessage(message: ToEngine): void {
    this.received.push(message);
    void this.serve(structuredClone(message));
  }

  on(event: string, listener: (value: unknown) => void): void {
    this.listeners.set(event, listener);
  }

  emit(event: string, value: unknown): void {
    this.listeners.get(event)?.(value);
  }

  async terminate(): Promise<void> {}
}

function workbench(methods: Partial<Workbench>): Workbench {
  const missing = (): never => {
    throw new Error('not expected to be called');
  };
  return {
    doctor: missing,
    runs: () => [],
    ...{ run: missing, rows: missing, story: missing },
    program: () => null,
    demo: missing,
    solve: missing,
    resume: missing,
    verify: missing,
    makeTasks: missing,
    planTasks: missing,
    taskFile: missing,
    taskReport: missing,
    importTasks: missing,
    checkTasks: missing,
    gatedTasks: () => [],
    missedTests: missing,
    functions: missing,
    estimate: missing,
    localServers: missing,
    endpointModels: missing,
    selfDebug: missing,
    answerTest: missing,
    proposal: missing,
    decide: missing,
    exportDataset: missing,
    datasets: missing,
    datasetRows: missing,
    datasetRefused: missing,
    compareDatasets: missing,
    evaluate: missing,
    ...{ rounds: missing, roundsOf: missing, curveOf: missing, lessonsOf: missing },
    ...{ roundsStory: missing, estimateRounds: missing, changeLesson: missing },
    close: async () => undefined,
    ...methods,
  };
}

function clientOf(methods: Partial<Workbench>) {
  const threads: LoopThread[] = [];
  const client = new EngineClient(
    () => {
      const thread = new LoopThread(async () => workbench(methods));
      threads.push(thread);
      return thread;
    },
    () => options,
  );
  return { client, threads };
}

class Source {
  private readonly asked = new Announcer<void>();
  readonly token: Token = {
    isCancellationRequested: false,
    onCancellationRequested: (listener) => this.asked.listen(() => listener()),
  };
  cancel(): void {
    this.asked.announce();
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('calls to the engine', () => {
  it('starts nothing before the first call, and one thread for many', async () => {
    const { client, threads } = clientOf({ program: (hash) => `text of ${hash}` });
    assert.equal(client.started, false);
    const answers = await Promise.all([
      client.call('program', { hash: 'a' }),
      client.call('program', { hash: 'b' }),
      client.call('runs', null),
    ]);
    assert.deepEqual(answers, ['text of a', 'text of b', []]);
    assert.equal(threads.length, 1);
    assert.equal(threads[0]?.received[0]?.kind, 'open');
    await client.dispose();
    assert.equal(client.started, false);
  });

  it('brings over what models write, which is no change of the run', async () => {
    const live = { task: 't', sample: 0, turn: 1, kind: 'call/program', text: 'def' };
    const { client } = clientOf({
      resume: async (run: string, listener: RunListener) => {
        listener.writing?.([{ ...live, chars: 3, isDone: false }]);
        return summary(run);
      },
    });
    const heard: string[] = [];
    const changed: string[] = [];
    await client.call(
      'resume',
      { run: 'a' },
      {
        onChanged: (run) => changed.push(run.id),
        onWriting: (texts) => heard.push(...texts.map(({ text }) => text)),
      },
    );
    assert.deepEqual([heard, changed], [['def'], []]);
    await client.dispose();
  });

  it('brings errors over with what mends them', async () => {
    const { client } = clientOf({
      run: () => {
        throw new UserError({ code: 'noSuchRun', message: 'No run x.', mend: 'List them.' });
      },
    });
    await assert.rejects(client.call('run', { run: 'x' }), (error) => {
      assert.ok(error instanceof UserError);
      assert.deepEqual([error.code, error.mend], ['noSuchRun', 'List them.']);
      return true;
    });
  });

  it('opens again after an opening that failed', async () => {
    let openings = 0;
    const client = new EngineClient(
      () =>
        new LoopThread(async () => {
          openings += 1;
          if (openings === 1) throw new UserError({ code: 'newerJournal', message: 'newer' });
          return workbench({});
        }),
      () => options,
    );
    await assert.rejects(client.call('runs', null), /newer/);
    assert.deepEqual(await client.call('runs', null), []);
  });

  it('coalesces changes, keeps the last of each row, and tells them before the end', async () => {
    const told: { ended: number; rows: string[] }[] = [];
    const began = performance.now();
    const { client } = clientOf({
      resume: async (run, listener: RunListener) => {
        for (let index = 0; index < 50; index++) {
          listener(summary(run, { ended: index + 1 }), [row(`task ${index % 3}`)]);
          if (index % 10 === 0) await wait(15);
        }
        return summary(run, { state: 'finished' });
      },
    });
    const end = await client.call(
      'resume',
      { run: 'a' },
      {
        onChanged: (run, rows) =>
          told.push({ ended: run.ended, rows: rows.map(({ hash }) => hash) }),
      },
    );
    assert.equal(end.state, 'finished');
    // One at the start, one for each tenth of a second that it took, and one at the end.
    const most = 2 + (performance.now() - began) / changedEveryMs;
    assert.ok(told.length <= most, `${told.length} messages`);
    assert.equal(told.at(-1)?.ended, 50);
    assert.deepEqual(new Set(told.flatMap(({ rows }) => rows)).size, 3);
  });

  it('cancels by the token, and the call ends as cancelled', async () => {
    const { client, threads } = clientOf({
      resume: (_run, _listener, signal) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new Error('aborted'))),
        ),
    });
    const source = new Source();
    const call = client.call('resume', { run: 'a' }, { token: source.token });
    await wait(5);
    source.cancel();
    await assert.rejects(call, Cancelled);
    assert.equal(threads[0]?.received.at(-1)?.kind, 'cancel');
    assert.equal(client.busy, false);
  });

  it('closes work with its window as interrupted, not as cancelled', async () => {
    let reason: unknown;
    const { client } = clientOf({
      resume: (_run, _listener, signal) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            reason = signal.reason;
            reject(new Error('aborted'));
          }),
        ),
    });
    const call = client.call('resume', { run: 'a' });
    await wait(5);
    await Promise.all([assert.rejects(call, Cancelled), client.dispose()]);
    assert.ok(reason instanceof Closing);
  });

  it('lets the person go within two seconds where the engine does not answer', async function () {
    this.timeout(4000);
    const { client } = clientOf({ resume: () => new Promise(() => undefined) });
    const source = new Source();
    const call = client.call('resume', { run: 'a' }, { token: source.token });
    await wait(5);
    const asked = Date.now();
    source.cancel();
    await assert.rejects(call, Cancelled);
    assert.ok(Date.now() - asked < 2000);
    await client.dispose();
  });

  it('tells once that the thread broke, fails its calls, and starts again', async () => {
    const { client, threads } = clientOf({ resume: () => new Promise(() => undefined) });
    const told: string[] = [];
    client.onBroke(({ message }) => told.push(message));
    const call = client.call('resume', { run: 'a' });
    threads[0]?.emit('error', new Error('out of memory'));
    threads[0]?.emit('exit', 1);
    await assert.rejects(call, /out of memory/);
    assert.deepEqual(told, ['out of memory']);
    assert.deepEqual(await client.call('runs', null), []);
    assert.equal(threads.length, 2);
  });

  it('says nothing of messages it does not know', async () => {
    const { client, threads } = clientOf({});
    await client.call('runs', null);
    threads[0]?.emit('message', { kind: 'reply', id: 'not a number' });
    threads[0]?.emit('message', { kind: 'reply', id: 999, value: 1 });
    assert.deepEqual(await client.call('runs', null), []);
  });
});

/** A host that has nothing, and says no. */
const silent: Host = {
  apiKey: async () => null,
  lentModel: async () => null,
  complete: async () => ({ kind: 'cancelled' }),
  confirmExport: async () => false,
  confirmTasks: async () => false,
  confirmStep: async () => false,
};

describe('questions of the engine to the extension host', () => {
  function asking(host: Partial<Host>) {
    let ask: AskHost | undefined;
    const client = new EngineClient(
      () =>
        new LoopThread(async (_, given) => {
          ask = given;
          return workbench({ runs: () => [] });
        }),
      () => options,
      { ...silent, ...host },
    );
    const opened = async (): Promise<AskHost> => {
      await client.call('runs', null);
      assert.ok(ask);
      return ask;
    };
    return { client, opened };
  }
  const never = new AbortController().signal;

  it('bring a key for the address that it was given for', async () => {
    const { client, opened } = asking({ apiKey: async (baseUrl) => `key of ${baseUrl}` });
    const ask = await opened();
    assert.equal(await ask('apiKey', { baseUrl: 'http://a' }, never), 'key of http://a');
    await client.dispose();
  });

  it('show what is to be written before it is, and bring the answer of the person', async () => {
    const dataset = { pairs: 3, out: '/d' } as ExportPreview;
    const tasks = { tasks: 3, out: '/t' } as MadePreview;
    const asking: Partial<Workbench> = {
      exportDataset: async (_, __, signal, confirm) =>
        ({ written: await confirm?.(dataset, signal) }) as ExportResult,
      makeTasks: async (_, __, signal, confirm) =>
        ({ written: await confirm?.(tasks, signal) }) as MakeTasksResult,
    };
    for (const isWanted of [true, false]) {
      const shown: unknown[] = [];
      const answer = async (one: unknown) => (shown.push(one), isWanted);
      const client = new EngineClient(
        () => new LoopThread(async () => workbench(asking)),
        () => options,
        { ...silent, confirmExport: answer, confirmTasks: answer },
      );
      const exported = await client.call('exportDataset', { runs: ['r'], out: '/d' });
      const made = await client.call('makeTasks', { from: '/f', out: '/t' });
      assert.deepEqual([exported.written, made.written], [isWanted, isWanted]);
      assert.deepEqual(shown, [dataset, tasks]);
      await client.dispose();
    }
  });

  it('lend a model, with its text as it comes', async () => {
    const { client, opened } = asking({
      lentModel: async () => ({ contextTokens: 8000 }),
      complete: async (name, request, _signal, onText) => {
        onText({ choice: 0, text: 'so far' });
        return { kind: 'refused', reason: `${name} ${request.messages.length}` };
      },
    });
    const ask = await opened();
    const lent = await lentModels(ask)('vscode-lm:x', never);
    assert.equal(lent?.contextTokens, 8000);
    const texts: string[] = [];
    const messages = [{ role: 'user' as const, content: 'hello' }];
    const reply = await lent.complete({ messages, maxTokens: 5 }, never, ({ text }) =>
      texts.push(text),
    );
    assert.deepEqual(reply, { kind: 'refused', reason: 'vscode-lm:x 1' });
    assert.deepEqual(texts, ['so far']);
    await client.dispose();
  });

  it('are cancelled on the other side too, and a fault there is told', async () => {
    let aborted = false;
    const { client, opened } = asking({
      complete: (_name, _request, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            resolve({ kind: 'cancelled' });
          });
        }),
      apiKey: async () => {
        throw new Error('locked');
      },
    });
    const ask = await opened();
    const controller = new AbortController();
    const request = { messages: [], maxTokens: 5 };
    const call = ask('complete', { name: 'x', request }, controller.signal);
    controller.abort();
    assert.deepEqual(await call, { kind: 'cancelled' });
    assert.ok(aborted);
    await assert.rejects(ask('apiKey', { baseUrl: 'http://a' }, never), /locked/);
    await client.dispose();
  });
});
