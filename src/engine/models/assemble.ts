import type { ChatChoice } from '../domain/chat';
import { faultOfBody, type Fault } from './fault';
import type { Provider } from './providers';
import { splitReasoning } from './reasoning';

/** What an endpoint told of what a call used. */
export interface ToldUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Some routers tell the price of the call itself. */
  readonly costUsd: number | null;
}

interface Growing {
  readonly pieces: string[];
  readonly thoughts: string[];
  /** Paid for like text, and part of no choice: arguments of tool calls, refusals. */
  readonly aside: string[];
  chars: number;
  finish: string | null;
  refusal: string;
}

/** A reply as it grows out of chunks, or comes as one. Everything is checked: it may be anything. */
export class Assembly {
  private readonly growing = new Map<number, Growing>();
  private fault_: Fault | null = null;
  private usage_: ToldUsage | null = null;

  constructor(
    private readonly provider: Provider,
    private readonly asked: {
      readonly choices: number;
      readonly mostChars: number;
      /** Takes the key out before anything is cut. */
      readonly removeKey: (text: string) => string;
    },
  ) {}

  /** What went wrong so far. */
  get fault(): Fault | null {
    return this.fault_;
  }

  get usage(): ToldUsage | null {
    return this.usage_;
  }

  /** All that has come, thoughts and all, of all choices. */
  get received(): string {
    return [...this.growing.values()]
      .flatMap(({ pieces, thoughts, aside }) => [...thoughts, ...pieces, ...aside])
      .join('');
  }

  /** Of all that has come, in UTF-16 units; to be asked often. */
  get receivedChars(): number {
    return [...this.growing.values()].reduce((sum, { chars }) => sum + chars, 0);
  }

  /** Takes the JSON text of a chunk or of a whole reply. */
  take(json: string): void {
    let body: unknown;
    try {
      body = JSON.parse(this.asked.removeKey(json));
    } catch {
      this.fail('the reply is not JSON');
      return;
    }
    if (!isRecord(body)) return this.fail('the reply is not an object');
    if (body['error'] !== undefined && body['error'] !== null) {
      this.fault_ ??= faultOfBody(body);
      return;
    }
    this.usage_ = usageOf(body['usage']) ?? this.usage_;
    const choices = body['choices'];
    if (!Array.isArray(choices)) {
      if (body['usage'] === undefined) this.fail('the reply has no choices');
      return;
    }
    choices.forEach((choice: unknown, place) => this.takeChoice(choice, place));
  }

  /** What a person may see of each choice by now: text without thoughts. */
  shown(): readonly (readonly [number, string])[] {
    return [...this.growing].map(([index, { pieces }]) => [index, this.split(pieces).text]);
  }

  /** The choices that are whole. One without a known end is none, and one without text neither. */
  choices(): readonly ChatChoice[] {
    return [...this.growing]
      .sort(([a], [b]) => a - b)
      .slice(0, this.asked.choices)
      .flatMap(([, growing]) => this.choice(growing));
  }

  /** Why a reply that has no choice has none. */
  lack(): Fault {
    if (this.fault_) return this.fault_;
    const all = [...this.growing.values()];
    const refusal = all.map((growing) => growing.refusal).find((told) => told !== '');
    if (refusal !== undefined)
      return refused(`the model refused: ${this.asked.removeKey(refusal).slice(0, 500)}`);
    const ends = all.flatMap(({ finish }) => (finish === null ? [] : [finish]));
    if (ends.length === 0) return broken('the reply was cut: it has no finish reason');
    if (ends.every((end) => this.provider.finish[end] === 'contentFilter')) {
      return refused('the content filter of the endpoint left nothing');
    }
    const strange = ends.find((end) => this.provider.finish[end] === undefined);
    if (strange !== undefined) {
      return { kind: 'unusable', reason: `the reply ended with ${strange.slice(0, 80)}` };
    }
    return refused('the model gave no text');
  }

  private choice(growing: Growing): readonly ChatChoice[] {
    const finish = growing.finish === null ? undefined : this.provider.finish[growing.finish];
    if (finish === undefined || growing.refusal !== '') return [];
    const { text, reasoning } = this.split(growing.pieces);
    // Thoughts that used up all tokens are told as such: more tokens would help.
    if (text.trim() === '' && finish !== 'length') return [];
    const thoughts = [growing.thoughts.join(''), reasoning].filter((part) => part !== '');
    if (thoughts.length === 0) return [{ text, finish }];
    return [{ text, finish, reasoning: thoughts.join('\n\n') }];
  }

  private split(pieces: readonly string[]): { text: string; reasoning: string } {
    return splitReasoning(pieces.join(''), this.provider.thinkTags);
  }

  private takeChoice(choice: unknown, place: number): void {
    if (!isRecord(choice)) return this.fail('a choice is not an object');
    const index = typeof choice['index'] === 'number' ? choice['index'] : place;
    if (!Number.isInteger(index) || index < 0 || index >= mostChoices) {
      return this.fail('a choice has no sensible index');
    }
    let growing = this.growing.get(index);
    if (!growing) {
      growing = { pieces: [], thoughts: [], aside: [], chars: 0, finish: null, refusal: '' };
      this.growing.set(index, growing);
    }
    const message = choice['delta'] ?? choice['message'];
    if (isRecord(message)) this.takeMessage(message, growing);
    if (typeof choice['finish_reason'] === 'string') growing.finish = choice['finish_reason'];
    if (growing.chars > this.asked.mostChars) {
      this.fault_ ??= { kind: 'unusable', reason: 'it sends more than was asked for' };
    }
  }

  private takeMessage(message: Readonly<Record<string, unknown>>, growing: Growing): void {
    const { content, refusal } = message;
    if (typeof content === 'string') add(growing, growing.pieces, content);
    if (Array.isArray(content)) for (const part of content) takePart(part, growing);
    if (typeof refusal === 'string') add(growing, growing.aside, refusal);
    for (const text of toolTexts(message)) add(growing, growing.aside, text);
    if (typeof refusal === 'string') growing.refusal = (growing.refusal + refusal).slice(0, 1000);
    // Some endpoints send the same thoughts under two names.
    const thought = this.provider.reasoningFields
      .map((field) => message[field])
      .find((value) => typeof value === 'string' && value !== '');
    if (typeof thought === 'string') add(growing, growing.thoughts, thought);
  }

  private fail(reason: string): void {
    this.fault_ ??= broken(reason);
  }
}

/** More choices are never asked for in one request. */
export const mostChoices = 128;

function add(growing: Growing, to: string[], text: string): void {
  if (text === '') return;
  to.push(text);
  growing.chars += text.length;
}

/** Content in parts: `{type: text, text}`, or `{type: thinking, thinking: [parts] or text}`. */
function takePart(part: unknown, growing: Growing): void {
  if (!isRecord(part)) return;
  if (part['type'] === 'thinking' || part['type'] === 'reasoning') {
    const inner = part['thinking'] ?? part['text'];
    const parts: readonly unknown[] = Array.isArray(inner) ? inner : [{ text: inner }];
    for (const item of parts) {
      if (isRecord(item) && typeof item['text'] === 'string') {
        add(growing, growing.thoughts, item['text']);
      }
    }
  } else if (typeof part['text'] === 'string') {
    add(growing, growing.pieces, part['text']);
  }
}

/** What a model writes to call a tool, of which none is ever offered. */
function toolTexts(message: Readonly<Record<string, unknown>>): readonly string[] {
  const calls: unknown = message['tool_calls'];
  const functions = Array.isArray(calls)
    ? calls.map((call: unknown) => (isRecord(call) ? call['function'] : null))
    : [message['function_call']];
  return functions
    .flatMap((called) => (isRecord(called) ? [called['name'], called['arguments']] : []))
    .filter((text) => typeof text === 'string');
}

function usageOf(told: unknown): ToldUsage | null {
  if (!isRecord(told)) return null;
  const { prompt_tokens: prompt, completion_tokens: completion, cost } = told;
  if (!isCount(prompt) || !isCount(completion)) return null;
  const costUsd = typeof cost === 'number' && cost >= 0 && Number.isFinite(cost) ? cost : null;
  return { promptTokens: prompt, completionTokens: completion, costUsd };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function broken(reason: string): Fault {
  return { kind: 'broken', reason, waitMs: null };
}

function refused(reason: string): Fault {
  const detail = { message: reason, code: '', parameters: [] };
  return { kind: 'refused', reason, detail, isOfContent: true };
}
