import type {
  Attempt,
  AttemptListener,
  ChatChoice,
  ChatListener,
  ChatReply,
  ChatRequest,
  ChatUsage,
} from '../domain/chat';
import { concurrently } from '../domain/concurrently';
import { withoutSecrets } from '../redaction/withoutSecrets';
import type { Admission, CallEnd } from './admission';
import { attempt, type AttemptEnd } from './attempt';
import type { Budgets } from './budgets';
import type { Capabilities } from './capabilities';
import type { EndTurn, Experience } from './experience';
import type { Fault } from './fault';
import { type Price, nanoPerUsd } from './prices';
import { ReplyMeter } from './replyMeter';
import type { WaitTeller } from './toldWait';
import { LiveText } from './liveText';
import { pauseOf } from './rateHeaders';
import { requestBody } from './requestBody';
import { type RetrySettings, Tries, waited } from './retry';
import { type Call, mostSpend, settlement, type Settlement, sumOf } from './settlement';
import { attemptOf } from './toldAttempt';
import type { PromptCount, TokenCounter } from './tokens';
import type { Spend } from './spend';
import type { Transport } from './transport';

export interface EndpointParts {
  readonly name: string;
  readonly model: string;
  readonly contextTokens: number | null;
  readonly transport: Transport;
  readonly capabilities: Capabilities;
  readonly admission: Admission;
  readonly budgets: Budgets;
  readonly price: Price | null;
  readonly tokens: TokenCounter;
  readonly retry: RetrySettings;
  readonly idleMs: number;
  readonly longestMs: number;
  readonly removeKey: (text: string) => string;
  readonly waits: WaitTeller;
}

/** How one request of a `complete` ended, after all its tries. */
type PartEnd =
  | { readonly kind: 'choices'; readonly choices: readonly ChatChoice[] }
  | Exclude<ChatReply, { readonly kind: 'replied' }>;

/** Rounds of asking for the choices that are missing. */
const mostRounds = 4;
/** Bodies tried until one is taken: each leaves out one thing more. */
const mostRefusals = 8;

interface Share {
  readonly choices: number;
  readonly ordinal: number;
}

/** How a request ended that was sent, with what it is counted as. */
type Sent = Exclude<AttemptEnd, { kind: 'stopped' }> & {
  readonly durationMs: number;
  readonly settled: Settlement;
};

interface Listening {
  readonly onText: ChatListener | undefined;
  readonly onAttempt: AttemptListener | undefined;
}

/** Cancelled calls end by themselves, and what they spent is settled. */
const everyone = new AbortController().signal;

/** One `complete` of an endpoint's model: its requests, their tries, and what is told of them. */
export class OneCall {
  private readonly began = performance.now();
  private readonly settled: Settlement[] = [];
  private readonly answeredBefore: number;

  constructor(
    private readonly parts: EndpointParts,
    private readonly experience: Experience,
    private readonly request: ChatRequest,
    private readonly prompt: PromptCount,
    private readonly signal: AbortSignal,
    private readonly listening: Listening,
  ) {
    this.answeredBefore = experience.answered;
  }

  async run(): Promise<ChatReply> {
    const wanted = this.request.choices ?? 1;
    const choices: ChatChoice[] = [];
    const failures: Exclude<PartEnd, { kind: 'choices' }>[] = [];
    for (let round = 0; round < mostRounds && failures.length === 0; round++) {
      const shares = this.shares(wanted - choices.length, choices.length);
      const ends = await concurrently(shares, shares.length, everyone, (share) => this.part(share));
      for (const end of ends) {
        if (end.kind === 'choices') choices.push(...end.choices);
        else failures.push(end);
      }
      if (choices.length >= wanted) break;
    }
    if (this.signal.aborted) return { kind: 'cancelled' };
    if (choices.length === 0) return this.failure(failures);
    const { usage, nanoUsd } = sumOf(this.settled);
    return {
      kind: 'replied',
      choices,
      usage,
      costUsd: nanoUsd === null ? null : nanoUsd / nanoPerUsd,
      durationMs: Math.round(performance.now() - this.began),
    };
  }

  /** One request for all, where the endpoint gives several; else one for each. */
  private shares(missing: number, from: number): Share[] {
    if (missing > 1 && this.parts.capabilities.givesSeveral) {
      return [{ choices: missing, ordinal: from }];
    }
    return Array.from({ length: missing }, (_, place) => ({ choices: 1, ordinal: from + place }));
  }

  /** One share of the choices, tried again as often as is worth it. */
  private async part(share: Share): Promise<PartEnd> {
    const tries = new Tries(this.parts.retry);
    let refusals = 0;
    for (;;) {
      const turn = await this.experience.turn(this.signal);
      if (turn === null) return { kind: 'cancelled' };
      const body = requestBody(this.parts.model, this.request, this.parts.capabilities, share);
      const end = await this.once(body, share, turn);
      if (end.kind === 'cancelled' || end.kind === 'budget') return end;
      if (end.kind === 'whole') {
        if (share.choices > 1 && end.choices.length === 1) this.parts.capabilities.gaveOne();
        if (end.fault) this.tell(end, share, { decision: 'kept' });
        return { kind: 'choices', choices: end.choices.map((choice) => this.clean(choice)) };
      }
      const { fault } = end;
      if (fault.kind === 'refused' && refusals++ < mostRefusals) {
        if (this.parts.capabilities.refused(fault.detail, body)) {
          this.tell(end, share, { decision: 'otherwise' });
          continue;
        }
      }
      const waitMs = tries.waitMsAfter(fault, this.experience.wasReached);
      this.tell(
        end,
        share,
        waitMs === null ? { decision: 'givenUp' } : { decision: 'again', waitMs },
      );
      if (waitMs === null) {
        if (fault.kind === 'broken' && fault.isUnreached === true) this.experience.gaveUp();
        return this.told(fault);
      }
      this.tellWait(fault, waitMs);
      if (!(await waited(waitMs, this.signal))) return { kind: 'cancelled' };
    }
  }

  private tellWait(fault: Fault, waitMs: number): void {
    const { waits, removeKey, retry } = this.parts;
    if (fault.kind === 'busy') waits.waits(removeKey(fault.reason), waitMs);
    if (fault.kind === 'broken' && fault.isUnreached === true) {
      waits.unreached(removeKey(fault.reason), longestWaitMs(retry, this.experience.wasReached));
    }
  }

  private tell(
    end: Parameters<typeof attemptOf>[0],
    { choices }: Share,
    decided: Pick<Attempt, 'decision' | 'waitMs'>,
  ): void {
    const { onAttempt } = this.listening;
    onAttempt?.({ ...attemptOf(end, this.parts.removeKey), choices, ...decided });
  }

  /** One request: let in, reserved, sent, settled. */
  private async once(
    body: Readonly<Record<string, unknown>>,
    share: Share,
    endTurn: EndTurn,
  ): Promise<
    Sent | { readonly kind: 'budget'; readonly reason: string } | { readonly kind: 'cancelled' }
  > {
    const { admission, budgets, transport, capabilities } = this.parts;
    const { maxTokens } = this.request;
    const { onText } = this.listening;
    let call = this.call(share.choices);
    let how: CallEnd = { kind: 'other' };
    let isSettled = false;
    let meter: ReplyMeter | null = null;
    const permit = await admission.enter(mostSpend(call).tokens, this.signal);
    try {
      if (permit === null) return { kind: 'cancelled' };
      const need = (): Spend => mostSpend((call = this.call(share.choices)));
      const reservation = await budgets.reserve(need, this.signal);
      if (reservation.kind !== 'reserved') return reservation;
      const { idleMs, longestMs, removeKey } = this.parts;
      const { wallMsLeft } = reservation;
      const { choices } = share;
      meter = new ReplyMeter(call, budgets, this.parts.tokens);
      const isPassed = meter.isPassed.bind(meter);
      const bounds = { maxTokens, choices, idleMs, longestMs, wallMsLeft, removeKey, isPassed };
      const live = onText && new LiveText(onText, share.ordinal, removeKey);
      const progress = live ? live.grown.bind(live) : null;
      const { provider } = capabilities;
      const sentAt = performance.now();
      this.parts.waits.sent(this.parts.name);
      const end = await attempt(transport, provider, body, bounds, this.signal, progress);
      const durationMs = Math.round(performance.now() - sentAt);
      if (end.kind !== 'fault' || end.status !== null) this.reached();
      if (end.kind === 'whole') live?.ended(end.choices);
      const settled = settlement(call, end, this.parts.tokens);
      this.experience.learn(call, settled);
      reservation.settle(settled.spend);
      this.settled.push(settled);
      if (end.kind === 'stopped') {
        const reason = end.by === 'caller' ? 'cancelled' : reservation.wallOver();
        this.tell({ ...end, reason, durationMs, settled }, share, { decision: 'stopped' });
        if (end.by === 'caller') return { kind: 'cancelled' };
        return { kind: 'budget', reason };
      }
      if (end.usage && end.usage.promptTokens > 0) {
        this.parts.tokens.told(this.prompt.counted, end.usage.promptTokens);
      }
      isSettled = end.kind === 'whole' || end.usage !== null;
      if (end.kind === 'whole') this.experience.gaveAnswer();
      how = howOf(end);
      // What it asks for with a refusal counts before what it tells of its limits.
      const isTold = end.kind === 'fault' && 'waitMs' in end.fault && end.fault.waitMs !== null;
      if (!isTold) admission.pause(pauseOf(end.headers));
      return { ...end, durationMs, settled };
    } finally {
      meter?.close();
      permit?.leave(how);
      endTurn(isSettled);
    }
  }

  private reached(): void {
    this.experience.reached();
    this.parts.waits.heard();
  }

  private call(choices: number): Call {
    const { counted, corrected, least } = this.prompt;
    return {
      countedTokens: counted,
      promptTokens: corrected,
      leastPromptTokens: least,
      maxTokens: this.request.maxTokens,
      choices,
      price: this.parts.price,
      excess: this.experience.excess,
    };
  }

  private failure(failures: readonly Exclude<PartEnd, { kind: 'choices' }>[]): ChatReply {
    for (const kind of ['cancelled', 'budget', 'unavailable', 'refused'] as const) {
      const found = failures.find((failure) => failure.kind === kind);
      if (found) return found;
    }
    return { kind: 'refused', reason: 'the model gave no text' };
  }

  private told(fault: Fault): Exclude<PartEnd, { kind: 'choices' }> {
    const reason = withoutSecrets(this.parts.removeKey(fault.reason));
    switch (fault.kind) {
      case 'refused':
        // A setting that is wrong refuses every request; it says nothing of this one.
        if (!fault.isOfContent && !this.experience.hasAnswered) {
          return { kind: 'unavailable', reason, mend: checkSettings };
        }
        return {
          ...{ kind: 'refused', reason, usage: sumOf(this.settled).usage satisfies ChatUsage },
          ...(fault.tooLong ? { tooLong: fault.tooLong } : {}),
        };
      case 'unusable':
        return { kind: 'refused', reason, usage: sumOf(this.settled).usage };
      case 'final':
        return { kind: 'unavailable', reason, mend: fault.mend };
      case 'busy':
        return { kind: 'unavailable', reason: this.withWait(reason, fault), mend: waitOrFewer };
      case 'broken':
        if (fault.mayBeOfRequest && this.experience.worksForOthers(this.answeredBefore)) {
          return { kind: 'refused', reason, usage: sumOf(this.settled).usage };
        }
        return {
          kind: 'unavailable',
          reason: this.withWait(reason, fault),
          mend: 'Check that the endpoint runs, and try again.',
        };
    }
  }

  /** A wait that was asked for and is too long to be waited for is told. */
  private withWait(reason: string, { waitMs }: { readonly waitMs: number | null }): string {
    if (waitMs === null || waitMs <= this.parts.retry.longestAskedMs) return reason;
    return `${reason} (it asks to wait ${String(Math.ceil(waitMs / 1000))} s)`;
  }

  /** An endpoint may say the key that it was sent; nothing of ours ever holds it. */
  private clean({ text, reasoning, finish }: ChatChoice): ChatChoice {
    const { removeKey } = this.parts;
    const thoughts = reasoning === undefined ? {} : { reasoning: removeKey(reasoning) };
    return { text: removeKey(text), finish, ...thoughts };
  }
}

/** All waits of a call together, where nothing answers. */
function longestWaitMs(retry: RetrySettings, wasReached: boolean | 'never'): number {
  const tries = wasReached === true ? retry.triesWhenBroken : retry.triesWhenUnreached;
  const waits = Array.from({ length: tries - 1 }, (_, tried) => retry.firstWaitMs * 2 ** tried);
  return waits.reduce((sum, wait) => sum + Math.min(retry.mostWaitMs, wait), 0);
}

const waitOrFewer = 'Wait, or allow fewer calls at a time.';
const checkSettings =
  'Check the model and its settings: the endpoint has taken no request of it yet.';

function howOf(end: Exclude<AttemptEnd, { kind: 'stopped' }>): CallEnd {
  if (end.kind === 'whole') return { kind: 'answered' };
  if (end.fault.kind === 'busy') return { kind: 'busy', waitMs: end.fault.waitMs ?? 0 };
  return { kind: 'other' };
}
