import { strict as assert } from 'node:assert';
import type { ChatReply } from '../../src/engine/domain/chat';
import { openBudgets, type BudgetOptions, type Budgets } from '../../src/engine/models/budgets';
import {
  openChatModel,
  type ChatModelOptions,
  type OpenChatModel,
} from '../../src/engine/models/openChatModel';
import { assetsFolder } from './assets';
import { type Behaviour, type ModelServer, startModelServer } from './modelServer';
import type { TemporaryFolder } from './temporary';

/** Waits so short that a test of many tries takes no time. */
export const quickRetry = { firstWaitMs: 2, mostWaitMs: 8 } as const;

export interface Opened {
  readonly server: ModelServer;
  readonly model: OpenChatModel;
  readonly budgets: Budgets;
}

export interface OpenedOptions extends Partial<ChatModelOptions> {
  readonly budget?: Partial<BudgetOptions>;
  readonly routes?: Readonly<Record<string, unknown>>;
}

/** Opens models at scripted servers, and closes all of both after each test of a suite. */
export function openedModels(folder: TemporaryFolder): {
  readonly open: (
    behaviours: Behaviour | readonly Behaviour[],
    options?: OpenedOptions,
  ) => Promise<Opened>;
  /** What one call comes to, and how many requests it took. */
  readonly call: (
    ...behaviours: readonly Behaviour[]
  ) => Promise<{ reply: ChatReply; requests: number }>;
} {
  const opened = {
    open: async (
      behaviours: Behaviour | readonly Behaviour[],
      options: OpenedOptions = {},
    ): Promise<Opened> => {
      const { budget, routes, ...given } = options;
      const server = await startModelServer(behaviours, routes);
      folder.closing(() => server.close());
      const state = folder.path;
      const budgets = await openBudgets({ stateFolder: state, ...budget });
      folder.closing(() => budgets.close());
      const model = await openChatModel({
        baseUrl: server.baseUrl,
        model: 'test-model',
        apiKey: null,
        provider: 'compatible',
        budgets,
        retry: quickRetry,
        assetsFolder,
        stateFolder: state,
        environment: {},
        ...given,
      });
      folder.closing(() => model.close());
      return { server, model, budgets };
    },
  };
  return {
    ...opened,
    call: async (...behaviours) => {
      const { model, server } = await opened.open(behaviours);
      return { reply: await model.complete(ask(), never), requests: server.chats.length };
    },
  };
}

/** The texts of a reply; fails where it is none. */
export function texts(reply: ChatReply): readonly string[] {
  assert.equal(reply.kind, 'replied', JSON.stringify(reply));
  return reply.choices.map(({ text }) => text);
}

/** Streams the events, and ends. */
export function stream(...events: unknown[]): Behaviour {
  return async (_request, reply) => {
    reply.startEvents();
    for (const event of events) await reply.event(event);
    reply.end();
  };
}

export const never = new AbortController().signal;

export function ask(content = 'Write double(x).'): {
  readonly messages: readonly [{ readonly role: 'user'; readonly content: string }];
  readonly maxTokens: number;
} {
  return { messages: [{ role: 'user', content }], maxTokens: 100 };
}
