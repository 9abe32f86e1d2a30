import type {
  AttemptListener,
  ChatListener,
  ChatModel,
  ChatReply,
  ChatRequest,
} from '../domain/chat';
import { Experience } from './experience';
import { OneCall, type EndpointParts } from './oneCall';

/** A model behind an OpenAI-compatible endpoint. Each request of it takes the same way. */
export class EndpointModel implements ChatModel {
  readonly name: string;
  readonly contextTokens: number | null;
  private readonly experience: Experience;

  constructor(private readonly parts: EndpointParts) {
    this.name = parts.name;
    this.contextTokens = parts.contextTokens;
    this.experience = new Experience(parts.budgets.boundsUsage);
  }

  async complete(
    request: ChatRequest,
    signal: AbortSignal,
    onText?: ChatListener,
    onAttempt?: AttemptListener,
  ): Promise<ChatReply> {
    if (signal.aborted) return { kind: 'cancelled' };
    const prompt = this.parts.tokens.countPrompt(request.messages);
    const { contextTokens } = this.parts;
    // Some endpoints would cut the prompt and say nothing.
    if (contextTokens !== null && prompt.corrected > contextTokens) {
      const reason = `the prompt has about ${String(prompt.corrected)} tokens; the model reads ${String(contextTokens)}`;
      return { kind: 'refused', reason, tooLong: { contextTokens } };
    }
    const listening = { onText, onAttempt };
    return await new OneCall(this.parts, this.experience, request, prompt, signal, listening).run();
  }

  async close(): Promise<void> {
    this.parts.waits.heard();
    await this.parts.transport.close();
  }
}
