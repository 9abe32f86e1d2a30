import type { ChatListener, ChatMessage, ChatModel } from '../domain/chat';
import { assertNever } from '../domain/errors';
import type { Effects, NoProposal } from '../domain/ports';
import { randomOf } from '../domain/random';
import type { CallRecord, paidCallKinds } from '../domain/records';

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
    const reply = await model.complete({ ...asked, choices }, signal, with_.onText);
    const record = { model: model.name, prompt, ...asked };
    switch (reply.kind) {
      case 'replied': {
        const { usage, costUsd, durationMs } = reply;
        return { ...record, choices: reply.choices.slice(0, choices), usage, costUsd, durationMs };
      }
      case 'refused': {
        const durationMs = performance.now() - began;
        const usage = reply.usage ?? null;
        const costUsd = usage === null ? 0 : null;
        return { ...record, choices: [], refused: reply.reason, usage, costUsd, durationMs };
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
