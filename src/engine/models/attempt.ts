import type { ChatChoice } from '../domain/chat';
import { Assembly, type ToldUsage } from './assemble';
import type { Fault } from './fault';
import type { Provider } from './providers';
import { ReplyReader } from './replyReader';
import { faultOfConnection, type Reply, type Transport } from './transport';

/** How one request ended. */
export type AttemptEnd =
  | {
      readonly kind: 'whole';
      /** At least one. */
      readonly choices: readonly ChatChoice[];
      readonly usage: ToldUsage | null;
      readonly received: string;
      readonly headers: HeaderOf;
      /** What came behind them, where it was no good end. */
      readonly fault: Fault | null;
    }
  | {
      readonly kind: 'fault';
      readonly fault: Fault;
      /** Of HTTP, and how what came begins; null and empty where nothing came. */
      readonly status: number | null;
      readonly body: string;
      readonly usage: ToldUsage | null;
      /** `unknown`: it may have worked on it, and nothing that tells how much has come. */
      readonly billed: 'nothing' | 'received' | 'unknown';
      readonly received: string;
      readonly headers: HeaderOf;
    }
  | {
      readonly kind: 'stopped';
      readonly by: 'caller' | 'wall';
      readonly billed: 'received' | 'unknown';
      readonly received: string;
    };

type HeaderOf = (name: string) => string | null;

export interface AttemptBounds {
  readonly maxTokens: number;
  readonly choices: number;
  /** Silence so long is taken for a hung endpoint. Keep-alive comments are no silence. */
  readonly idleMs: number;
  readonly longestMs: number;
  /** Left of the budgets of time; infinite where there is none. */
  readonly wallMsLeft: number;
  readonly removeKey: (text: string) => string;
  /** Whether a reply that streams in has passed what was reserved for it. */
  readonly isPassed: (receivedChars: number, received: () => string) => boolean;
}

/** A token is seldom longer than this; a reply much longer than asked for is a flood. */
const charsPerToken = 40;
const spareChars = 100_000;
/** What surrounds a token in a stream. */
const bytesPerToken = 4096;
const spareBytes = 16 * 1024 * 1024;
/** After `[DONE]` the rest is read for so long, that the connection can be used again. */
const drainMs = 1_000;
const longestTimerMs = 2 ** 31 - 1;

/** Sends one request and reads its reply to the end. Never throws for what an endpoint does. */
export async function attempt(
  transport: Transport,
  provider: Provider,
  body: Readonly<Record<string, unknown>>,
  bounds: AttemptBounds,
  signal: AbortSignal,
  onProgress: ((assembly: Assembly) => void) | null,
): Promise<AttemptEnd> {
  const stop = new Stop(signal, bounds);
  const mostChars = bounds.maxTokens * charsPerToken + spareChars;
  const assembly = new Assembly(provider, {
    choices: bounds.choices,
    mostChars,
    removeKey: bounds.removeKey,
  });
  let reader: ReplyReader | null = null;
  try {
    const sent = await transport.send(body, stop.signal);
    if (sent.kind === 'fault') {
      const billed = sent.wasTaken ? 'unknown' : 'nothing';
      return { ...sent, kind: 'fault', billed, usage: null, received: '' };
    }
    stop.heard();
    reader = new ReplyReader(assembly, {
      pendingChars: bounds.choices * mostChars * 2 + spareChars,
      bytes: bounds.choices * bounds.maxTokens * bytesPerToken + spareBytes,
      isPassed: () => bounds.isPassed(assembly.receivedChars, () => assembly.received),
    });
    const fault = await read(sent.reply, reader, assembly, stop, onProgress);
    return ended(assembly, fault, sent.reply.headers, reader);
  } catch (error) {
    const received = assembly.received;
    const billed = received === '' ? 'unknown' : 'received';
    if (stop.why === 'caller' || stop.why === 'wall') {
      return { kind: 'stopped', by: stop.why, billed, received };
    }
    const fault = stop.why ? silent(stop.why, bounds) : faultOfConnection(error).fault;
    return ended(assembly, fault, () => null, reader);
  } finally {
    stop.end();
  }
}

async function read(
  reply: Reply,
  reader: ReplyReader,
  assembly: Assembly,
  stop: Stop,
  onProgress: ((assembly: Assembly) => void) | null,
): Promise<Fault | null> {
  for (;;) {
    const chunk = await reply.read();
    if (chunk === null) break;
    stop.heard();
    reader.write(chunk);
    if (reader.isDone) {
      void drain(reply, stop);
      return reader.fault;
    }
    if (reader.fault) {
      stop.cut();
      return reader.fault;
    }
    onProgress?.(assembly);
  }
  reader.end();
  return reader.fault;
}

function ended(
  assembly: Assembly,
  fault: Fault | null,
  headers: HeaderOf,
  reader: ReplyReader | null,
): AttemptEnd {
  const { usage, received } = assembly;
  // After nonsense in the middle nobody knows what is missing; after a cut, whole is whole.
  const isNonsense = assembly.fault !== null || fault?.kind === 'unusable';
  const choices = isNonsense ? [] : assembly.choices();
  if (choices.length > 0) return { kind: 'whole', choices, usage, received, headers, fault };
  const why = fault ?? assembly.lack();
  const billed = usage ? 'received' : received === '' ? billedFor(why) : 'received';
  const came = { status: reader ? okStatus : null, body: reader?.beginning ?? '' };
  return { kind: 'fault', fault: why, usage, billed, received, headers, ...came };
}

/** Whatever begins a reply came with it, or with another status below 300. */
const okStatus = 200;

/** A refusal inside a 200, or a page of another server, is no work; a cut may be. */
function billedFor(fault: Fault): 'nothing' | 'unknown' {
  return fault.kind === 'broken' || fault.kind === 'unusable' ? 'unknown' : 'nothing';
}

function silent(why: 'idle' | 'tooLong', bounds: AttemptBounds): Fault {
  const reason =
    why === 'idle'
      ? `nothing came for ${String(bounds.idleMs / 1000)} s`
      : `the call took longer than ${String(bounds.longestMs / 1000)} s`;
  return { kind: 'broken', reason, waitMs: null };
}

async function drain(reply: Reply, stop: Stop): Promise<void> {
  const timer = setTimeout(() => stop.cut(), drainMs);
  try {
    while ((await reply.read()) !== null);
  } catch {
    return;
  } finally {
    clearTimeout(timer);
  }
}

/** Everything that can end a call before its time, as one signal, and the first of them. */
class Stop {
  why: 'caller' | 'wall' | 'idle' | 'tooLong' | null = null;
  private readonly controller = new AbortController();
  private readonly idle: NodeJS.Timeout;
  private readonly whole: NodeJS.Timeout;
  private readonly onAbort = (): void => this.now('caller');

  constructor(
    private readonly caller: AbortSignal,
    bounds: AttemptBounds,
  ) {
    const { idleMs, longestMs, wallMsLeft } = bounds;
    this.idle = setTimeout(() => this.now('idle'), Math.min(idleMs, longestTimerMs));
    const mostMs = Math.min(longestMs, wallMsLeft, longestTimerMs);
    this.whole = setTimeout(() => this.now(wallMsLeft <= longestMs ? 'wall' : 'tooLong'), mostMs);
    caller.addEventListener('abort', this.onAbort, { once: true });
    if (caller.aborted) this.now('caller');
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Something came. */
  heard(): void {
    this.idle.refresh();
  }

  /** Closes the connection, for no reason of the caller's. */
  cut(): void {
    this.controller.abort();
  }

  end(): void {
    clearTimeout(this.idle);
    clearTimeout(this.whole);
    this.caller.removeEventListener('abort', this.onAbort);
  }

  private now(why: NonNullable<Stop['why']>): void {
    this.why ??= why;
    this.controller.abort();
  }
}
