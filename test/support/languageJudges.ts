import type { CodeTest, Limits } from '../../src/engine/domain/task';
import type { Verdict } from '../../src/engine/domain/verdict';
import { JavaScriptJudge } from '../../src/engine/judge/javascript/javaScriptJudge';
import type { CodeProgram, LanguageJudge } from '../../src/engine/judge/languageJudge';
import { PythonJudge } from '../../src/engine/judge/python/pythonJudge';
import { NodeSandbox } from '../../src/engine/sandbox/node/nodeSandbox';
import { PythonSandbox } from '../../src/engine/sandbox/python/pythonSandbox';
import { QuickJsSandbox } from '../../src/engine/sandbox/quickjs/quickJsSandbox';
import { loadSyntax, type Syntax } from '../../src/engine/syntax/parser';
import { assetsFolder } from './assets';

/** The judge of one language for a suite: opened before its tests and closed after them. */
export interface SuiteJudge<J extends LanguageJudge> {
  readonly judge: J;
  /** The verdict on a program whose entry point is `f`. */
  judged(
    source: string,
    tests: readonly CodeTest[],
    limits: Limits,
    more?: Partial<CodeProgram>,
  ): Promise<Verdict>;
  close(): Promise<void>;
}

interface Closable {
  close(): Promise<unknown>;
}

const one = { assetsFolder, workers: 1 };

export function pythonJudge(): SuiteJudge<PythonJudge> {
  const sandbox = new PythonSandbox(one);
  return forSuite('python', [sandbox], (syntax) => new PythonJudge(sandbox, syntax));
}

/** Programs are TypeScript unless told. */
export function quickJsJudge(): SuiteJudge<JavaScriptJudge> {
  const sandbox = new QuickJsSandbox(one);
  return forSuite(
    'typescript',
    [sandbox],
    (syntax) => new JavaScriptJudge(sandbox, syntax, assetsFolder),
  );
}

/** The same with a sandbox for what needs Node. */
export function nodeJudge(): SuiteJudge<JavaScriptJudge> {
  const node = new NodeSandbox(one);
  const quickjs = new QuickJsSandbox(one);
  return forSuite(
    'typescript',
    [node, quickjs],
    (syntax) => new JavaScriptJudge(quickjs, syntax, assetsFolder, node),
  );
}

/** Assertions `t0`, `t1` and so on; hidden unless told. */
export function assertions(
  sources: readonly string[],
  role: CodeTest['role'] = 'hidden',
): CodeTest[] {
  return sources.map((source, place) => ({
    ...{ id: `t${String(place)}`, role, kind: 'assert' },
    source,
  }));
}

function forSuite<J extends LanguageJudge>(
  language: CodeProgram['language'],
  sandboxes: readonly Closable[],
  open: (syntax: Syntax) => J,
): SuiteJudge<J> {
  let opened: J | null = null;
  const judge = (): J => {
    if (opened === null) throw new Error('the judge is opened before the tests of its suite');
    return opened;
  };
  const close = async (): Promise<void> => {
    await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  };
  before(async () => {
    opened = open(await loadSyntax(assetsFolder));
  });
  after(close);
  return {
    get judge() {
      return judge();
    },
    judged: (source, tests, limits, more = {}) =>
      judge().judge(
        { language, source, entryPoint: 'f', ...more },
        tests,
        limits,
        new AbortController().signal,
      ),
    close,
  };
}
