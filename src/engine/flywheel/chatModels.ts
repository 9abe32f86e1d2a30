import path from 'node:path';
import type { ChatModel, ToldWait } from '../domain/chat';
import { UserError } from '../domain/errors';
import { canonicalJson } from '../domain/json';
import { stateFolder } from '../files/stateFolder';
import {
  type BudgetLimits,
  type Budgets,
  openBudgets,
  type Spent,
  spentInRun,
} from '../models/budgets';
import { knownPrice, modelsAt } from '../models/atEndpoint';
import { findLocalServers, type LocalServer } from '../models/localServers';
import { openChatModel } from '../models/openChatModel';
import type { Price } from '../models/prices';

/** How chat models are reached here, where a request does not say. */
export interface ModelAccess {
  readonly baseUrl?: string;
  readonly model?: string;
  /** The key for an address, null for none; where left out, that of the environment. */
  readonly apiKey?: (baseUrl: string) => Promise<string | null>;
  readonly perDay?: BudgetLimits;
  /** Files of the person's own over the shipped tables. */
  readonly providersFile?: string;
  readonly pricesFile?: string;
  readonly allowPlainHttp?: boolean;
  /** Told of waits of more than 3 s for an endpoint at its limit. */
  readonly onWait?: (wait: ToldWait) => void;
  /** Where daily spend is kept; the person's own folder unless told. */
  readonly stateFolder?: string;
}

/** Which model to call for a run, and what it may cost; budgets are not frozen with a run. */
export interface ChatModelRequest {
  readonly run: string;
  readonly model?: string;
  readonly baseUrl?: string;
  readonly budget?: BudgetLimits;
}

/** A model that a face lends: the editor's own, say. Null where it has none of that name. */
export type LentModel = (name: string, signal: AbortSignal) => Promise<ChatModel | null>;

interface Opened {
  readonly model: ChatModel;
  close(): Promise<void>;
}

/** How models that a face lends are named: `vscode-lm:copilot/gpt-4o`. */
export const lentPrefix = 'vscode-lm:';

const openAi = 'https://api.openai.com/v1';

/** The chat models of a process: one for each run, with the budget of that run. */
export class ChatModels {
  /** By the whole request: an attempt that came to nothing leaves its model for no other one. */
  private readonly opened = new Map<string, { readonly run: string; opening: Promise<Opened> }>();
  private readonly budgets = new Map<string, Budgets>();

  constructor(
    private readonly options: {
      readonly assetsFolder: string;
      /** Runs of other journals may have the same names. */
      readonly journalFile: string;
      readonly access: ModelAccess;
      readonly lent?: LentModel;
    },
  ) {}

  /**
   * The model of a run, opened once for the same request. Throws UserError `noModel` where none was named, and for an
   * address, a price or a budget that cannot be.
   */
  async open(request: ChatModelRequest, signal: AbortSignal): Promise<ChatModel> {
    const key = canonicalJson(request);
    const known = this.opened.get(key);
    if (known) return (await known.opening).model;
    const opening = this.make(request, signal);
    this.opened.set(key, { run: request.run, opening });
    opening.catch(() => this.opened.delete(key));
    return (await opening).model;
  }

  /** The model and the address that a request means; no model where none was named. */
  named(request: { readonly model?: string; readonly baseUrl?: string }) {
    const { access } = this.options;
    const model = request.model ?? access.model;
    return {
      ...(model === undefined || model.trim() === '' ? {} : { model }),
      baseUrl: request.baseUrl ?? access.baseUrl ?? openAi,
    };
  }

  /** The price of a model by the tables, the person's own before the shipped ones; null if unknown. */
  knownPrice(baseUrl: string, model: string): Promise<Price | null> {
    return knownPrice({ assetsFolder: this.options.assetsFolder, baseUrl, ...this.files }, model);
  }

  /** Names of the models at an address; none where it tells none. */
  async modelsAt(baseUrl: string, signal: AbortSignal): Promise<readonly string[]> {
    const { access, assetsFolder } = this.options;
    const key = access.apiKey === undefined ? {} : { apiKey: await access.apiKey(baseUrl) };
    return modelsAt({ assetsFolder, baseUrl, ...key }, signal);
  }

  /** Servers that answer on this machine, looked for now. */
  localServers(signal: AbortSignal): Promise<readonly LocalServer[]> {
    return findLocalServers({ assetsFolder: this.options.assetsFolder, ...this.files }, signal);
  }

  /**
   * What the calls of a run took, those included whose answers were lost with a killed process.
   * Null where it is not known: of models that a face lends.
   */
  readonly spentBy = (run: string): Spent | null => {
    const open = this.budgets.get(run);
    return open ? open.spentByRun() : spentInRun(this.stateFolder, this.spendName(run));
  };

  /** Ends the calls of a run, and writes down what it spent. */
  async close(run: string): Promise<void> {
    await this.closeThose((one) => one === run);
  }

  async closeAll(): Promise<void> {
    await this.closeThose(() => true);
  }

  private async closeThose(is: (run: string) => boolean): Promise<void> {
    const those = [...this.opened].filter(([, { run }]) => is(run));
    for (const [key] of those) this.opened.delete(key);
    const closing = those.map(async ([, { opening }]) => {
      await (await opening.catch(() => undefined))?.close();
    });
    await Promise.all(closing);
  }

  /** The person's own tables, where there are any. */
  private get files(): Pick<ModelAccess, 'providersFile' | 'pricesFile'> {
    const { providersFile, pricesFile } = this.options.access;
    return {
      ...(providersFile === undefined ? {} : { providersFile }),
      ...(pricesFile === undefined ? {} : { pricesFile }),
    };
  }

  private get stateFolder(): string {
    return this.options.access.stateFolder ?? stateFolder();
  }

  private spendName(run: string): string {
    return `${path.resolve(this.options.journalFile)}\n${run}`;
  }

  private async make(request: ChatModelRequest, signal: AbortSignal): Promise<Opened> {
    const { assetsFolder, access, lent } = this.options;
    const { model: name, baseUrl } = this.named(request);
    if (name === undefined) throw noModel();
    const model = name.startsWith(lentPrefix) ? await lent?.(name, signal) : null;
    if (model) return { model, close: () => Promise.resolve() };
    const state = this.stateFolder;
    const budgets = await openBudgets({
      stateFolder: state,
      run: this.spendName(request.run),
      ...(request.budget === undefined ? {} : { perRun: request.budget }),
      ...(access.perDay === undefined ? {} : { perDay: access.perDay }),
    });
    try {
      const endpoint = await openChatModel(
        {
          assetsFolder,
          stateFolder: state,
          budgets,
          model: name,
          baseUrl,
          ...(access.apiKey === undefined ? {} : { apiKey: await access.apiKey(baseUrl) }),
          ...this.files,
          ...(access.onWait === undefined ? {} : { onWait: access.onWait }),
          ...(access.allowPlainHttp === undefined ? {} : { allowPlainHttp: access.allowPlainHttp }),
        },
        signal,
      );
      this.budgets.set(request.run, budgets);
      return {
        model: endpoint,
        close: async () => {
          this.budgets.delete(request.run);
          budgets.close();
          await endpoint.close();
        },
      };
    } catch (error) {
      budgets.close();
      throw error;
    }
  }
}

function noModel(): UserError {
  return new UserError({
    code: 'noModel',
    message: 'No chat model was named',
    mend: 'Name one with --model and, unless it is OpenAI’s, its address with --base-url (Ollama: http://127.0.0.1:11434/v1). --solver search needs no model.',
    exitCode: 3,
  });
}
