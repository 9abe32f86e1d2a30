import type { Attempt, ChatListener, ChatMessage, ChatModel, ChatReply } from '../domain/chat';
import { assertNever } from '../domain/errors';
import type { Effects, NoProposal } from '../domain/ports';
import { randomOf } from '../domain/random';
import { effectKinds } from '../domain/records';
import type { AttemptRecord, CallRecord, paidCallKinds } from '../domain/records';

export interface ModelCall {
  readonly kind: (typeof paidCallKinds)[number];
  readonly task: string;
  readonly sample: number;
  readonly turn: number;
  readonly ordinal: number;
  /** Versions of the prompts that the messages were made of. */
  readonly prompt: string;
  readonly messages: readonly ChatMessage[];
  readonly choices?: number;
  readonly temperature: number;
  readonly maxTokens: number;
}

/**
 * Calls the model once in the life of a run: the answer is recorded, and a resumed or repeated
 * run finds it. What says nothing of the model's work (no budget, cancelled, out of reach) is not
 * recorded and stops the trajectory for now.
 */
export async function callModel(
  call: ModelCall,
  with_: {
    readonly model: ChatModel;
    readonly effects: Effects;
    readonly seed: number;
    readonly signal: AbortSignal;
    readonly onText?: ChatListener | undefined;
  },
): Promise<CallRecord | NoProposal> {
  const { model, effects, signal } = with_;
  const { task, sample, turn, kind, ordinal, prompt, messages, temperature, maxTokens } = call;
  const key = { task, sample, turn, kind, ordinal };
  const choices = call.choices ?? 1;
  const place = [task, sample, turn, kind, ordinal].join('/');
  const seed = Math.floor(randomOf(with_.seed, place)() * maxSeed);
  const asked = { messages, temperature, maxTokens, seed };
  const input = { model: model.name, prompt, choices, ...asked };
  const produce = async (): Promise<CallRecord | NoProposal> => {
    const began = performance.now();
    const record = { model: model.name, prompt, ...asked };
    let isTold = false;
    const tell = (attempt: Attempt): void => {
      isTold = true;
      const kept: AttemptRecord = { ...record, ...attempt, call: kind, ordinal };
      effects.beside({ task, sample, turn, kind: effectKinds.attempt }, kept);
    };
    const reply = await model.complete({ ...asked, choices }, signal, with_.onText, tell);
    const closing = closingAttempt(reply, isTold, performance.now() - began);
    if (closing) tell({ ...closing, choices });
    switch (reply.kind) {
      case 'replied': {
        const { usage, costUsd, durationMs } = reply;
        return { ...record, choices: reply.choices.slice(0, choices), usage, costUsd, durationMs };
      }
      case 'refused': {
        const durationMs = performance.now() - began;
        const usage = reply.usage ?? null;
        const costUsd = usage === null ? 0 : null;
        const { reason: refused, tooLong } = reply;
        const end = { choices: [], refused, ...(tooLong ? { tooLong } : {}) };
        return { ...record, ...end, usage, costUsd, durationMs };
      }
      case 'unavailable':
        return stopped('modelUnavailable', `${sentence(reply.reason)} ${reply.mend}`);
      case 'budget':
        return stopped('budget', reply.reason);
      case 'cancelled':
        return stopped('cancelled', 'cancelled');
      default:
        return assertNever(reply);
    }
  };
  return effects.once(key, input, produce, isRecord);
}

/** What stopped a call before a request was sent, or what a model told that tells of no requests. */
function closingAttempt(
  reply: ChatReply,
  isTold: boolean,
  durationMs: number,
): Omit<Attempt, 'choices'> | null {
  const nothing = { status: null, durationMs, usage: null, costUsd: 0 } as const;
  if (reply.kind === 'budget') {
    return { ...nothing, end: 'budget', reason: reply.reason, decision: 'stopped' };
  }
  if (reply.kind !== 'unavailable' || isTold) return null;
  return { ...nothing, end: 'final', reason: reply.reason, decision: 'givenUp' };
}

/** An endpoint's own words seldom end with a full stop. */
function sentence(text: string): string {
  return /[.!?…。！？]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

const maxSeed = 2 ** 31;

export function isRecord(answer: CallRecord | NoProposal): answer is CallRecord {
  return 'choices' in answer;
}

export function stopped(
  stop: Extract<NoProposal, { kind: 'stopped' }>['stop'],
  reason: string,
): NoProposal {
  return { kind: 'stopped', stop, reason };
}
