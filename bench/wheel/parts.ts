import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hashOf } from '../../src/engine/domain/hash';
import type { Learned } from './arms';
import type { Measured } from './measure';

export interface Cost {
  readonly minutes: number;
  /** Verdicts asked for, and those that had to be found out. */
  readonly asked: number;
  readonly judged: number;
}

/** What one arm with one seed came to. */
export interface Part {
  readonly learned: Learned;
  readonly results: readonly Measured[];
  readonly cost: Cost;
}

/** Parts of the proof as files, under a hash of all that they depend on but the code. */
export class Parts {
  private readonly key: string;

  constructor(
    private readonly folder: string | null,
    dependsOn: unknown,
  ) {
    this.key = hashOf(dependsOn).slice(0, 12);
  }

  async once(name: string, produce: () => Promise<Part>): Promise<Part> {
    if (this.folder === null) return produce();
    const file = path.join(this.folder, `${name.replaceAll(' ', '-')}.${this.key}.json`);
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Part;
    const part = await produce();
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(file, JSON.stringify(part));
    return part;
  }
}
