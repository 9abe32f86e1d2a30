/**
 * From 32-bit keys to the ids that were given under them, in flat arrays: a map of lists takes ten
 * times the memory for millions of keys that mostly hold one id each.
 */
export class BandTable {
  private heads = new Int32Array(1 << 16).fill(-1);
  private keys = new Int32Array(1 << 15);
  private ids = new Int32Array(1 << 15);
  private next = new Int32Array(1 << 15);
  private count = 0;

  add(key: number, id: number): void {
    if (this.count === this.keys.length) this.grow();
    const entry = this.count++;
    this.keys[entry] = key;
    this.ids[entry] = id;
    this.link(entry);
  }

  /** Tells the ids under a key, newest first, at most `most`. */
  each(key: number, most: number, told: (id: number) => void): void {
    const wanted = key | 0;
    let left = most;
    let entry = this.heads[this.slot(wanted)] as number;
    while (entry >= 0 && left > 0) {
      if (this.keys[entry] === wanted) {
        left--;
        told(this.ids[entry] as number);
      }
      entry = this.next[entry] as number;
    }
  }

  private link(entry: number): void {
    const slot = this.slot(this.keys[entry] ?? 0);
    this.next[entry] = this.heads[slot] ?? -1;
    this.heads[slot] = entry;
  }

  private slot(key: number): number {
    return (Math.imul(key, 0x9e3779b1) >>> 0) & (this.heads.length - 1);
  }

  private grow(): void {
    this.keys = doubled(this.keys);
    this.ids = doubled(this.ids);
    this.next = doubled(this.next);
    this.heads = new Int32Array(this.keys.length * 2).fill(-1);
    for (let entry = 0; entry < this.count; entry++) this.link(entry);
  }
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
