/** A chat model, wherever it runs. Everything that can go wrong with a call is a kind of reply. */
export interface ChatModel {
  /** As recorded with what it wrote: `qwen2.5-coder:7b@localhost:11434`. */
  readonly name: string;
  /** Tokens of prompt and reply together; null where it is not known. */
  readonly contextTokens: number | null;
  /** Never throws for what an endpoint does. Ends within 2 seconds of an abort. */
  complete(
    request: ChatRequest,
    signal: AbortSignal,
    onText?: ChatListener,
    onAttempt?: AttemptListener,
  ): Promise<ChatReply>;
}

/** Text as it comes: the whole of a choice so far, at most ten times a second. */
export type ChatListener = (told: { readonly choice: number; readonly text: string }) => void;

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** Replies wanted; 1 unless told. */
  readonly choices?: number;
  /** Always sent: what a call can cost at most depends on it. */
  readonly maxTokens: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly seed?: number;
}

export type ChatFinish = 'stop' | 'length' | 'contentFilter';

/** One whole reply. What was cut by a fault of the endpoint is no choice. */
export interface ChatChoice {
  readonly text: string;
  /** Thoughts that the model gave apart from its reply, or in thinking tags. Never trained on. */
  readonly reasoning?: string;
  readonly finish: ChatFinish;
}

export interface ChatUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Counted here because the endpoint did not tell. */
  readonly estimated: boolean;
}

export type ChatReply =
  | {
      readonly kind: 'replied';
      /** At least one, and at most as many as were asked for. */
      readonly choices: readonly ChatChoice[];
      readonly usage: ChatUsage;
      /** Null where the price is not known: unknown is never zero. */
      readonly costUsd: number | null;
      readonly durationMs: number;
    }
  /** The endpoint or the model will not answer this: policy, or a request it cannot take. */
  | {
      readonly kind: 'refused';
      readonly reason: string;
      readonly usage?: ChatUsage;
      /** The request was longer than the model reads: tokens of both together, where it says so. */
      readonly tooLong?: { readonly contextTokens: number | null };
    }
  /** It cannot be reached, is out of quota, or answers nonsense, after all tries. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly mend: string }
  /** A budget of ours does not allow the call; nothing was sent. */
  | { readonly kind: 'budget'; readonly reason: string }
  | { readonly kind: 'cancelled' };

/** What became of a request that brought no usable reply, or not the whole of it. */
export const attemptEnds = [
  'busy',
  'broken',
  'unusable',
  'final',
  'refused',
  'stopped',
  'budget',
] as const;
export const attemptDecisions = ['again', 'otherwise', 'kept', 'givenUp', 'stopped'] as const;

/** One request that brought no usable reply, or not all of it. It holds no key and no header. */
export interface Attempt {
  /** As in `Fault`; `stopped` in the middle by the caller or a bound in time, `budget` before it. */
  readonly end: (typeof attemptEnds)[number];
  /** Of HTTP; null where none came. */
  readonly status: number | null;
  readonly reason: string;
  /** How what came instead of a reply begins. */
  readonly body?: string;
  /** How the text of the reply begins that came before it ended. */
  readonly partial?: string;
  /** Replies asked for. */
  readonly choices: number;
  readonly durationMs: number;
  /** What it is counted as in the budgets; null where nothing was sent. */
  readonly usage: ChatUsage | null;
  readonly costUsd: number | null;
  /**
   * `again`: the same once more after `waitMs`. `otherwise`: without what the endpoint refused.
   * `kept`: those replies that were whole by then were taken. `givenUp`, `stopped`: the end.
   */
  readonly decision: (typeof attemptDecisions)[number];
  readonly waitMs?: number;
}

export type AttemptListener = (attempt: Attempt) => void;

/** What calls to an endpoint wait for. */
export interface ToldWait {
  /** `busy`: it is at its limit. `unreached`: nothing answers there. `first`: its first answer. */
  readonly kind: 'busy' | 'unreached' | 'first';
  readonly reason: string;
  /** How long, and until when: milliseconds since the epoch; null where it may take any time. */
  readonly waitMs: number | null;
  readonly until: number | null;
}
