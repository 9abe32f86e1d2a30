import type { ChatChoice, ChatListener } from '../domain/chat';
import type { Assembly } from './assemble';

/** A choice is told at most so often. */
const tellMs = 100;

/**
 * Tells a listener of text as it comes: the whole of a choice, without thoughts and keys. A
 * listener that throws is told no more; what it shows is no part of the call.
 */
export class LiveText {
  private toldAt = -Infinity;
  private readonly told = new Map<number, number>();

  constructor(
    private onText: ChatListener | null,
    private readonly ordinal: number,
    private readonly clean: (text: string) => string,
  ) {}

  grown(assembly: Assembly): void {
    const now = performance.now();
    if (now - this.toldAt < tellMs) return;
    this.toldAt = now;
    for (const [index, text] of assembly.shown()) this.tell(index, text);
  }

  ended(choices: readonly ChatChoice[]): void {
    choices.forEach(({ text }, index) => this.tell(index, text));
  }

  private tell(index: number, text: string): void {
    if (text === '' || this.told.get(index) === text.length) return;
    this.told.set(index, text.length);
    try {
      this.onText?.({ choice: this.ordinal + index, text: this.clean(text) });
    } catch {
      this.onText = null;
    }
  }
}
