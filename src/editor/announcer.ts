/** Something with listeners, without the editor's own event class, so that it runs in tests. */
export class Announcer<Value> {
  private readonly listeners = new Set<(value: Value) => void>();

  /** Called with every value from now on, until the returned object is disposed of. */
  readonly listen = (listener: (value: Value) => void): { dispose(): void } => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };

  announce(value: Value): void {
    for (const listener of [...this.listeners]) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}
