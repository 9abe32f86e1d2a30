import type { EffectKey, Effects } from '../../src/engine/domain/ports';

/** Effects kept in memory, with the order in which they were produced. */
export class MemoryEffects implements Effects {
  readonly recorded = new Map<string, unknown>();
  readonly produced: string[] = [];
  readonly notedBeside: { readonly key: Omit<EffectKey, 'ordinal'>; readonly value: unknown }[] =
    [];

  async once<T>(
    key: EffectKey,
    _input: unknown,
    produce: () => Promise<T>,
    isKept: (value: T) => boolean = () => true,
  ): Promise<T> {
    const place = JSON.stringify([key.task, key.sample, key.turn, key.kind, key.ordinal]);
    if (this.recorded.has(place)) return this.recorded.get(place) as T;
    const value = await produce();
    if (!isKept(value)) return value;
    this.recorded.set(place, value);
    this.produced.push(`${key.kind}:${String(key.turn)}:${String(key.ordinal)}`);
    return value;
  }

  beside(key: Omit<EffectKey, 'ordinal'>, value: unknown): void {
    this.notedBeside.push({ key, value });
  }
}
