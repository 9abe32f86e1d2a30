import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Sandbox, SandboxReport, Solver } from '../domain/ports';
import type { Language } from '../domain/task';
import { Journal } from '../journal/journal';
import { MachineJudge } from '../judge/machineJudge';
import { PythonSandbox } from '../sandbox/python/pythonSandbox';
import { QuickJsSandbox } from '../sandbox/quickjs/quickJsSandbox';
import { SearchSolver } from '../solvers/searchSolver';
import { loadSyntax, type Syntax } from '../syntax/parser';

export interface WorkbenchOptions {
  readonly journalFile: string;
  /** Where grammars, WebAssembly and Python files lie: `dist/assets`. */
  readonly assetsFolder: string;
  readonly samplesFolder: string;
  readonly version: string;
  /** An interpreter the user named. */
  readonly python?: string;
  /** Programs judged at a time, per kind of sandbox; as many as cores unless told. */
  readonly workers?: number;
}

/** The parts of the engine, each made on first need, and ended together. */
export class Engine {
  readonly workers: number;
  private readonly python: Sandbox;
  private readonly quickjs: Sandbox;
  private openJournal: Journal | null = null;
  private loadedSyntax: Promise<Syntax> | null = null;
  private madeJudge: Promise<MachineJudge> | null = null;
  private probed: Promise<SandboxReport[]> | null = null;

  constructor(readonly options: WorkbenchOptions) {
    const asked = options.workers ?? 0;
    this.workers = asked > 0 ? asked : Math.max(1, availableParallelism());
    const { assetsFolder, python } = options;
    const shared = { assetsFolder, workers: this.workers };
    this.python = new PythonSandbox({ ...shared, ...(python === undefined ? {} : { python }) });
    this.quickjs = new QuickJsSandbox(shared);
  }

  get journal(): Journal {
    this.openJournal ??= Journal.open(this.options.journalFile);
    return this.openJournal;
  }

  /** Asking what was done makes no journal where there is none. */
  get hasJournal(): boolean {
    return this.openJournal !== null || existsSync(this.options.journalFile);
  }

  syntax(): Promise<Syntax> {
    this.loadedSyntax ??= loadSyntax(this.options.assetsFolder);
    return this.loadedSyntax;
  }

  judge(): Promise<MachineJudge> {
    this.madeJudge ??= this.syntax().then(
      (syntax) =>
        new MachineJudge({
          python: this.python,
          quickjs: this.quickjs,
          syntax,
          assetsFolder: this.options.assetsFolder,
        }),
    );
    return this.madeJudge;
  }

  async searchSolver(): Promise<Solver> {
    return new SearchSolver({ judge: await this.judge(), syntax: await this.syntax() });
  }

  /** What isolates programs here, found by trying once. */
  probe(): Promise<SandboxReport[]> {
    this.probed ??= Promise.all([this.python.probe(), this.quickjs.probe()]);
    return this.probed;
  }

  /** Why programs of a language cannot be run here; null where they can. */
  async unjudged(): Promise<(language: Language) => UnjudgedReason | null> {
    const reports = await this.probe();
    return (language) => {
      const report = reports.find(({ languages }) => languages.includes(language));
      if (report?.usable === true) return null;
      return {
        problem: report?.problem ?? `there is no sandbox for ${language}`,
        mend: report?.mend ?? 'Use another language.',
      };
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.python.close(), this.quickjs.close()]);
    this.openJournal?.close();
    this.openJournal = null;
  }
}

export interface UnjudgedReason {
  readonly problem: string;
  readonly mend: string;
}
