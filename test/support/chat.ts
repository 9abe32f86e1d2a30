import type {
  ChatChoice,
  ChatListener,
  ChatModel,
  ChatReply,
  ChatRequest,
} from '../../src/engine/domain/chat';

/** A model that says what a function says, keeps every request, and ends on abort. */
export class FakeChatModel implements ChatModel {
  readonly name = 'fake@test';
  readonly requests: ChatRequest[] = [];
  contextTokens: number | null = null;
  inFlight = 0;
  mostInFlight = 0;

  constructor(
    private readonly reply: (request: ChatRequest, call: number) => ChatReply | string,
    private readonly delayMs = 0,
  ) {}

  async complete(
    request: ChatRequest,
    signal: AbortSignal,
    onText?: ChatListener,
  ): Promise<ChatReply> {
    this.requests.push(request);
    const call = this.requests.length;
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    if (this.delayMs > 0) await pause(this.delayMs, signal);
    this.inFlight -= 1;
    if (signal.aborted) return { kind: 'cancelled' };
    const said = this.reply(request, call);
    if (typeof said !== 'string') return said;
    for (const part of [said.slice(0, said.length / 2), said]) {
      for (let choice = (request.choices ?? 1) - 1; choice >= 0; choice--) {
        onText?.({ choice, text: choice === 0 ? part : `another ${part}` });
      }
    }
    return replied(request, said);
  }

  /** All text that was ever sent. */
  get sent(): string {
    return JSON.stringify(this.requests);
  }
}

export function replied(
  request: ChatRequest,
  text: string,
  parts: Partial<ChatChoice> = {},
): ChatReply {
  const choice: ChatChoice = { text, finish: 'stop', ...parts };
  return {
    kind: 'replied',
    choices: Array.from({ length: request.choices ?? 1 }, () => choice),
    usage: { promptTokens: 100, completionTokens: 10, estimated: false },
    costUsd: 0.001,
    durationMs: 1,
  };
}

/** What the last message of a request asks for. */
export function asks(request: ChatRequest): 'program' | 'correction' | 'explanation' | 'tests' {
  const last = request.messages.at(-1)?.content ?? '';
  if (last.includes('Do not solve the task')) return 'tests';
  if (/Explain your program|Nothing has been run/.test(last)) return 'explanation';
  return last.includes('Lesson:') ? 'correction' : 'program';
}

export function block(program: string): string {
  return `\`\`\`python\n${program}\n\`\`\`\n`;
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delayMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
