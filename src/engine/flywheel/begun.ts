import type { ChatModel } from '../domain/chat';
import { UserError } from '../domain/errors';
import type { RunFacts } from '../domain/records';
import type { BudgetLimits } from '../models/budgets';
import type { Engine } from './engine';
import type { SolveSettings } from './solverFor';

/** A run that was begun before, as far as it says how to go on with its model. */
export interface Begun {
  readonly chat: SolveSettings['chat'];
  readonly facts: RunFacts;
  /** Calls that are recorded: what follows must be asked in the same way. */
  readonly calls: number;
}

/** Null where there is no such run yet. */
export function begunRun(engine: Engine, id: string): Begun | null {
  if (!engine.hasJournal) return null;
  const run = engine.journal.runs().find((one) => one.id === id);
  if (!run) return null;
  const { chat } = run.settings as Partial<SolveSettings>;
  return { chat, facts: run.facts, calls: engine.journal.usageOf(id).calls };
}

/** The bounds of a run: those that it was given before stay, each until it is given anew. */
export function keptBudget(
  begun: Begun | null,
  given: BudgetLimits,
): { readonly budget?: BudgetLimits } {
  const budget = { ...begun?.facts.budget, ...given };
  return Object.keys(budget).length === 0 ? {} : { budget };
}

/** Refuses another model than the run was begun with, and another address that nobody named. */
export function checkModel({ chat, facts }: Begun, name: string, isMoved: boolean): void {
  if (!chat || chat.model === name) return;
  const message = `The run was begun with the model ${chat.model}; this is ${name}`;
  if (modelPart(chat.model) !== modelPart(name)) {
    const mend = 'Use the same model, or another run id.';
    throw new UserError({ code: 'otherSettings', message, mend });
  }
  if (isMoved || hostOf(facts.movedTo) === hostPart(name)) return;
  throw new UserError({
    code: 'otherAddress',
    message,
    mend: 'If the same model answers at this address now, say so with --moved, or in the editor with Resume Run. Else use another run id.',
  });
}

/** A model under the name and with the reading length that its calls were recorded with. */
export function asBegun(model: ChatModel, name: string, reads: RunFacts['reads']): ChatModel {
  return {
    name,
    contextTokens: reads ? known(reads.contextTokens) : model.contextTokens,
    complete: (...asked) => model.complete(...asked),
  };
}

/** The reading length to keep: that of the first call, or where none was made, that of now. */
export function readsOf(begun: Begun | null, { contextTokens }: ChatModel): RunFacts['reads'] {
  if (begun && begun.calls > 0) return begun.facts.reads;
  return { contextTokens: contextTokens ?? 'unknown' };
}

function known(contextTokens: number | 'unknown'): number | null {
  return contextTokens === 'unknown' ? null : contextTokens;
}

function modelPart(name: string): string {
  const at = name.lastIndexOf('@');
  return at < 0 ? name : name.slice(0, at);
}

function hostPart(name: string): string {
  return name.slice(name.lastIndexOf('@') + 1);
}

function hostOf(baseUrl: string | undefined): string | null {
  return baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl).host : null;
}
