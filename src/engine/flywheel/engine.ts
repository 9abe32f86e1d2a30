import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { LayerId, Sandbox, SandboxReport, Solver } from '../domain/ports';
import { isOurs, type Language } from '../domain/task';
import type { ExportIsolation } from '../domain/verdict';
import { behavioursOf } from '../evaluation/behaviours';
import { Journal } from '../journal/journal';
import type { NodeRunner } from '../judge/javascript/nodeNeeds';
import { MachineJudge } from '../judge/machineJudge';
import { CommandSandbox } from '../sandbox/command/commandSandbox';
import { findNode } from '../sandbox/node/findNode';
import { NodeSandbox } from '../sandbox/node/nodeSandbox';
import { PythonSandbox } from '../sandbox/python/pythonSandbox';
import { QuickJsSandbox } from '../sandbox/quickjs/quickJsSandbox';
import type { ChatModel } from '../domain/chat';
import { loadTokenCounter } from '../models/tokens';
import { ChatModels, type LentModel, type ModelAccess } from './chatModels';
import { ChatSolver, type ChatSettings } from '../solvers/chatSolver';
import type { EditPolicy } from '../solvers/search/policy/editPolicy';
import { SearchSolver } from '../solvers/searchSolver';
import { loadSyntax, type Syntax } from '../syntax/parser';
import {
  missingLayer,
  requiredLayers,
  whyUnjudged,
  withRequired,
  type UnjudgedReason,
} from './requiredLayers';
import { usualSandbox, type SandboxName } from './sandboxesFor';
import { withUsualLanguages } from './usualLanguages';

export interface WorkbenchOptions {
  readonly journalFile: string;
  /** Where grammars, WebAssembly and Python files lie: `dist/assets`. */
  readonly assetsFolder: string;
  readonly samplesFolder: string;
  readonly version: string;
  /** An interpreter the user named. */
  readonly python?: string;
  /** A Node the user named, for programs that need Node's own API, or read and print. */
  readonly node?: string;
  /** Programs judged at a time, per kind of sandbox; as many as cores unless told. */
  readonly workers?: number;
  /** Layers of isolation that must be on, beside those that always must; the usual unless told. */
  readonly requireLayers?: readonly string[];
  /** Which verdicts let a pair into a dataset; `separate` unless told. */
  readonly exportIsolation?: ExportIsolation;
  /** How chat models are reached where a request does not say. */
  readonly models?: ModelAccess;
  /** Models that the face lends. */
  readonly lentModel?: LentModel;
}

/** The parts of the engine, each made on first need, and ended together. */
export class Engine {
  readonly workers: number;
  readonly models: ChatModels;
  private readonly required: ReadonlySet<LayerId>;
  private readonly python: PythonSandbox;
  private readonly commands: CommandSandbox;
  private readonly quickjs: Sandbox;
  private readonly node: NodeSandbox;
  private openJournal: Journal | null = null;
  private loadedSyntax: Promise<Syntax> | null = null;
  private madeJudge: Promise<MachineJudge> | null = null;
  private readonly probed = new Map<SandboxName, Promise<SandboxReport>>();

  constructor(readonly options: WorkbenchOptions) {
    const asked = options.workers ?? 0;
    this.workers = asked > 0 ? asked : Math.max(1, availableParallelism());
    this.models = new ChatModels({
      assetsFolder: options.assetsFolder,
      journalFile: options.journalFile,
      access: options.models ?? {},
      ...(options.lentModel === undefined ? {} : { lent: options.lentModel }),
    });
    this.required = requiredLayers(options.requireLayers);
    const { assetsFolder, python, node } = options;
    const shared = { assetsFolder, workers: this.workers };
    this.python = new PythonSandbox({ ...shared, ...(python === undefined ? {} : { python }) });
    this.quickjs = new QuickJsSandbox(shared);
    this.node = new NodeSandbox({ ...shared, ...(node === undefined ? {} : { node }) });
    this.commands = new CommandSandbox({
      ...shared,
      node: async () => (await findNode(node))?.executable ?? null,
      ...(python === undefined ? {} : { python }),
    });
  }

  get exportIsolation(): ExportIsolation {
    return this.options.exportIsolation ?? 'separate';
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
          node: this.demandedNode(),
          commands: this.commands,
          syntax,
          assetsFolder: this.options.assetsFolder,
        }),
    );
    return this.madeJudge;
  }

  /** Search repair; with a policy it tries edits in the order that the policy learned. */
  async searchSolver(policy?: EditPolicy): Promise<Solver> {
    const judge = await this.judge();
    return new SearchSolver({
      ...(policy ? { policy } : {}),
      judge,
      syntax: await this.syntax(),
      behaviours: (problem, programs, signal) => {
        const { language } = problem;
        if (!isOurs(language)) return Promise.resolve(null);
        return behavioursOf(judge.for(language), problem, programs, signal);
      },
    });
  }

  async chatSolver(model: ChatModel, settings: ChatSettings): Promise<Solver> {
    const tokens = loadTokenCounter(this.options.assetsFolder);
    const countTokens = (text: string): number => tokens.text(text);
    return new ChatSolver({ model, settings, countTokens, syntax: await this.syntax() });
  }

  /** What isolates programs here; the first for a language is its usual one. */
  probe(): Promise<SandboxReport[]> {
    const { commands } = this;
    const withLanguages = (report: SandboxReport): Promise<SandboxReport> =>
      withUsualLanguages(report, (name) => commands.find(name));
    return Promise.all([
      this.report('python'),
      this.report('quickjs'),
      this.report('node'),
      this.report('commands').then(withLanguages),
    ]);
  }

  /**
   * What isolates programs in one sandbox, found by trying once. Trying takes a while: who runs
   * programs asks only for the sandboxes that they need.
   */
  report(name: SandboxName): Promise<SandboxReport> {
    const known = this.probed.get(name);
    if (known) return known;
    const probed = this[name].probe().then((report) => withRequired(report, this.required));
    this.probed.set(name, probed);
    return probed;
  }

  /** Node, where it is there and has the layers that are demanded. */
  private demandedNode(): NodeRunner {
    const { node } = this;
    return {
      probe: () => this.report('node'),
      run: (job, signal) => node.run(job, signal),
      close: () => node.close(),
      missing: async () => {
        const why = await node.missing();
        if (why !== null) return why;
        const lacks = missingLayer(await this.report('node'));
        return lacks && `${lacks.problem}. ${lacks.mend}`;
      },
    };
  }

  /** Why programs of a language cannot be run here; null where they can. */
  async unjudged(): Promise<(language: Language) => UnjudgedReason | null> {
    const names = [...new Set(Object.values(usualSandbox))];
    const reasons = new Map(
      await Promise.all(
        names.map(async (name) => [name, whyUnjudged(await this.report(name))] as const),
      ),
    );
    return (language) => reasons.get(usualSandbox[language]) ?? null;
  }

  async close(): Promise<void> {
    await Promise.all([
      this.python.close(),
      this.quickjs.close(),
      this.node.close(),
      this.commands.close(),
    ]);
    await this.models.closeAll();
    this.openJournal?.close();
    this.openJournal = null;
  }
}
