import type { ErrorDetail } from './fault';
import type { LengthParameter, Provider } from './providers';

/** What was learned of an endpoint and a model beyond the table. */
export interface Learned {
  /** Parameters that it refuses; `system` stands for the role. */
  readonly refuses: readonly string[];
  readonly lengthParameter: LengthParameter | null;
  /** It gave one reply where more were asked for. */
  readonly givesOne: boolean;
}

const nothingLearned: Learned = { refuses: [], lengthParameter: null, givesOne: false };

/** Dropped when refused. What is not here is needed: a call without it is another call. */
const droppable = ['temperature', 'top_p', 'n', 'stream_options', 'stream', 'seed'];

/** What an endpoint takes: its row of the table, and what its refusals taught. */
export class Capabilities {
  constructor(
    readonly provider: Provider,
    private learned: Learned = nothingLearned,
    private readonly onLearned: (learned: Learned) => void = () => undefined,
  ) {}

  takes(parameter: string): boolean {
    return !this.provider.refuses.includes(parameter) && !this.learned.refuses.includes(parameter);
  }

  get lengthParameter(): LengthParameter {
    return this.learned.lengthParameter ?? this.provider.lengthParameter;
  }

  /** Whether one request may ask for several replies. */
  get givesSeveral(): boolean {
    return this.provider.choices === 'ask' && !this.learned.givesOne && this.takes('n');
  }

  gaveOne(): void {
    if (!this.learned.givesOne) this.learn({ ...this.learned, givesOne: true });
  }

  /**
   * Learns from a refusal (400 or 422) of a body that was sent. True where another body is worth
   * a try: a parameter is named that can be left out, or given under its other name.
   */
  refused(detail: ErrorDetail, sent: Readonly<Record<string, unknown>>): boolean {
    const length = this.lengthParameter;
    const other = length === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
    if (length in sent && speaksOf(detail, length) && this.learned.lengthParameter === null) {
      const isUnknown = detail.message.includes(other) || isExtra(detail);
      if (isUnknown && !isTooMuch(detail)) {
        this.learn({ ...this.learned, lengthParameter: other });
        return true;
      }
    }
    // Another call in flight may have learned it since this one was sent.
    if (!(length in sent) && other in sent && speaksOf(detail, other)) return true;
    const named = this.droppedNames().find((name) => name in sent && speaksOf(detail, name));
    if (named !== undefined) {
      if (this.takes(named)) this.refuse(named);
      return true;
    }
    if (!/system (role|message)|role.{0,20}system/i.test(detail.message) || !hasSystem(sent)) {
      return false;
    }
    if (this.takes('system')) this.refuse('system');
    return true;
  }

  /** The longer name first: `stream_options` is not about `stream`. */
  private droppedNames(): readonly string[] {
    return [...droppable, this.provider.seedParameter].sort((a, b) => b.length - a.length);
  }

  private refuse(name: string): void {
    this.learn({ ...this.learned, refuses: [...this.learned.refuses, name] });
  }

  private learn(learned: Learned): void {
    this.learned = learned;
    this.onLearned(learned);
  }
}

function hasSystem(sent: Readonly<Record<string, unknown>>): boolean {
  const { messages } = sent;
  return (
    Array.isArray(messages) && messages.some((item: { role?: unknown }) => item.role === 'system')
  );
}

/** The name is right and the number is not. */
function isTooMuch({ code, message }: ErrorDetail): boolean {
  return /context_length/.test(code) || /too large|maximum context|at most|exceed/i.test(message);
}

function isExtra({ code, message }: ErrorDetail): boolean {
  return (
    /extra_forbidden|unsupported_parameter|unknown_parameter/.test(code) ||
    /not permitted|unrecognized|unknown/i.test(message)
  );
}

/** Whether a refusal names a parameter: apart, in quotes, or as a word that is no other word. */
function speaksOf(detail: ErrorDetail, name: string): boolean {
  if (detail.parameters.includes(name)) return true;
  const isWord = name.includes('_') || ['temperature', 'seed'].includes(name);
  const pattern = isWord
    ? `(?<![\\w.])${name}(?!\\w)`
    : `['"\`]${name}['"\`]|\\b${name}\\s*(=|>|must|is not|parameter)`;
  return new RegExp(pattern, 'i').test(detail.message);
}
