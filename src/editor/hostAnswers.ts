import { messageOf } from '../engine/domain/errors';
import type { FromEngine, ToEngine } from './engineCalls';
import type { Host, HostAsk } from './hostCalls';

/** Answers what the engine thread asks of the extension host. */
export class HostAnswers {
  private readonly running = new Map<number, AbortController>();

  constructor(private readonly host: Host) {}

  async take(
    message: Extract<FromEngine, { kind: 'ask' | 'askCancel' }>,
    post: (message: ToEngine) => void,
  ): Promise<void> {
    const { id } = message;
    if (message.kind === 'askCancel') return this.running.get(id)?.abort();
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      const value = await this.answer(message, controller.signal, (told) =>
        post({ kind: 'text', id, told }),
      );
      post({ kind: 'answer', id, value });
    } catch (error) {
      post({ kind: 'noAnswer', id, message: messageOf(error) });
    } finally {
      this.running.delete(id);
    }
  }

  /** The thread that asked is gone. */
  endAll(): void {
    for (const controller of this.running.values()) controller.abort();
  }

  private answer(
    asked: HostAsk,
    signal: AbortSignal,
    onText: Parameters<Host['complete']>[3],
  ): Promise<unknown> {
    switch (asked.ask) {
      case 'apiKey':
        return this.host.apiKey(asked.input.baseUrl);
      case 'lentModel':
        return this.host.lentModel(asked.input.name);
      case 'complete':
        return this.host.complete(asked.input.name, asked.input.request, signal, onText);
      case 'confirmExport':
        return this.host.confirmExport(asked.input.preview, signal);
      case 'confirmTasks':
        return this.host.confirmTasks(asked.input.preview, signal);
      case 'confirmStep':
        return this.host.confirmStep(asked.input.run, asked.input.asked, signal);
    }
  }
}
