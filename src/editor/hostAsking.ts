import type { ChatListener, ChatModel } from '../engine/domain/chat';
import type { LentModel } from '../engine/flywheel/chatModels';
import type { FromEngine, ToEngine } from './engineCalls';
import type { AskHost } from './hostCalls';

type Answer = Extract<ToEngine, { kind: 'answer' | 'noAnswer' | 'text' }>;

interface Waiting {
  readonly settle: (answer: Exclude<Answer, { kind: 'text' }>) => void;
  readonly onText: ChatListener | undefined;
}

/** Questions of the engine thread to the extension host, and the answers as they come. */
export class HostAsking {
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;

  constructor(private readonly post: (message: FromEngine) => void) {}

  /** Rejects where the host could not answer. An abort is told to it, and waits for its answer. */
  readonly ask: AskHost = (name, input, signal, onText) => {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const cancel = (): void => this.post({ kind: 'askCancel', id });
      signal.addEventListener('abort', cancel, { once: true });
      this.waiting.set(id, {
        onText,
        settle: (answer) => {
          this.waiting.delete(id);
          signal.removeEventListener('abort', cancel);
          if (answer.kind === 'noAnswer') reject(new Error(answer.message));
          // The host is of the same build, and answers a question by its name.
          else resolve(answer.value as never);
        },
      });
      // The pairing of name and input is held by this function's own signature.
      this.post({ kind: 'ask', id, ask: name, input } as FromEngine);
      if (signal.aborted) cancel();
    });
  };

  take(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    if (answer.kind === 'text') waiting?.onText?.(answer.told);
    else waiting?.settle(answer);
  }
}

/** The editor's models as chat models of the engine. */
export function lentModels(ask: AskHost): LentModel {
  return async (name, signal): Promise<ChatModel | null> => {
    const facts = await ask('lentModel', { name }, signal);
    if (!facts) return null;
    return {
      name,
      contextTokens: facts.contextTokens,
      complete: (request, stop, onText) => ask('complete', { name, request }, stop, onText),
    };
  };
}
