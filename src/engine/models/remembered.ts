import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { sha256 } from '../domain/hash';
import type { Learned } from './capabilities';

/** Endpoints are mended and models replaced: what was learned is asked again after this. */
const keptMs = 30 * 24 * 3600 * 1000;

const rememberedSchema = z.strictObject({
  format: z.literal(1),
  endpoint: z.string(),
  model: z.string(),
  learnedAt: z.number(),
  refuses: z.array(z.string()).max(50),
  lengthParameter: z.enum(['max_tokens', 'max_completion_tokens']).nullable(),
  givesOne: z.boolean(),
});

/** What was learned of a model at an endpoint, kept in the person's state folder. */
export class Remembered {
  private readonly file: string;

  constructor(
    stateFolder: string,
    private readonly endpoint: string,
    private readonly model: string,
  ) {
    const name = `${sha256(`${endpoint}\n${model}`).slice(0, 32)}.json`;
    this.file = path.join(stateFolder, 'endpoints', name);
  }

  /** Undefined where nothing is known: what cannot be read is learned again. */
  read(): Learned | undefined {
    try {
      const found = rememberedSchema.parse(JSON.parse(readFileSync(this.file, 'utf8')));
      if (Math.abs(Date.now() - found.learnedAt) > keptMs) return undefined;
      const { refuses, lengthParameter, givesOne } = found;
      return { refuses, lengthParameter, givesOne };
    } catch {
      return undefined;
    }
  }

  /** Written or not: what is forgotten costs one refused request. */
  write(learned: Learned): void {
    const { endpoint, model } = this;
    const text = JSON.stringify({ format: 1, endpoint, model, learnedAt: Date.now(), ...learned });
    const temporary = `${this.file}.${String(process.pid)}.tmp`;
    try {
      mkdirSync(path.dirname(this.file), { recursive: true });
      writeFileSync(temporary, text);
      renameSync(temporary, this.file);
    } catch {
      return;
    }
  }
}
