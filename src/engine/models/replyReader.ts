import { type Assembly } from './assemble';
import { EventStream } from './eventStream';
import type { Fault } from './fault';

/**
 * Reads the bytes of a reply into an assembly, whether they are server-sent events, one JSON
 * text, or something else: what a server says of the kind of its reply is not always so.
 */
export class ReplyReader {
  /** `[DONE]` has come: nothing more is waited for. */
  isDone = false;
  private kind: 'unknown' | 'events' | 'json' | 'page' = 'unknown';
  private readonly decoder = new TextDecoder();
  private text = '';
  /** Bytes of which it is not known yet what they are. */
  private head: Buffer = Buffer.alloc(0);
  private bytes = 0;
  private first: Buffer = Buffer.alloc(0);
  private stopped: Fault | null = null;
  private readonly events = new EventStream((data) => this.event(data));

  constructor(
    private readonly assembly: Assembly,
    private readonly bounds: {
      readonly pendingChars: number;
      readonly bytes: number;
      /** Asked after each event: whether the text has passed the bound of the call. */
      readonly isPassed: () => boolean;
    },
  ) {}

  /** Why nothing more should be read; null where all is well so far. */
  get fault(): Fault | null {
    return this.stopped ?? this.assembly.fault;
  }

  /** How all that came begins, to tell what came instead of a reply. */
  get beginning(): string {
    return this.first.toString('utf8');
  }

  write(chunk: Uint8Array): void {
    this.bytes += chunk.byteLength;
    const missing = beginningBytes - this.first.length;
    if (missing > 0) this.first = Buffer.concat([this.first, chunk.subarray(0, missing)]);
    if (this.kind === 'unknown') this.look(Buffer.concat([this.head, chunk]));
    else this.take(chunk);
    const isTooLong =
      this.bytes > this.bounds.bytes ||
      this.head.length + this.text.length + this.events.pending > this.bounds.pendingChars;
    if (isTooLong) this.stopped ??= passed;
  }

  /** The reply has ended. */
  end(): void {
    this.text += this.decoder.decode();
    if (this.kind === 'events') this.events.end();
    else if (this.kind === 'json') this.assembly.take(this.text);
    else if (this.head.toString('latin1').trim() !== '') this.stopped = page;
  }

  private take(bytes: Uint8Array): void {
    if (this.kind === 'events') this.events.write(bytes);
    else this.text += this.decoder.decode(bytes, { stream: true });
  }

  private look(head: Buffer): void {
    this.head = head;
    const start = head
      .toString('latin1')
      .replace(/^\xef\xbb\xbf/, '')
      .trimStart();
    if (start === '') return;
    if (start.startsWith('{') || start.startsWith('[')) this.kind = 'json';
    else if (/^(data|event|id|retry|:)/.test(start)) this.kind = 'events';
    else if (start.length < longestFieldName && !start.startsWith('<')) return;
    else this.kind = 'page';
    if (this.kind === 'page') this.stopped = page;
    this.head = Buffer.alloc(0);
    this.take(head);
  }

  private event(data: string): void {
    if (this.isDone || this.fault) return;
    const trimmed = data.trim();
    if (trimmed === '[DONE]') this.isDone = true;
    else if (trimmed !== '') this.assembly.take(trimmed);
    if (this.bounds.isPassed()) this.stopped ??= passed;
  }
}

const beginningBytes = 4096;
const longestFieldName = 'event:'.length;

const page: Fault = {
  kind: 'final',
  reason: 'the reply is a web page or plain text, not that of a chat endpoint',
  mend: 'Check the address: it mostly ends with /v1.',
};

const passed: Fault = { kind: 'unusable', reason: 'it sends more than was asked for' };
