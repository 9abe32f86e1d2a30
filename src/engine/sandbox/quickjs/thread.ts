import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import baseVariant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import { Image } from './image';
import type { QuickJsPayload, Script, ThreadData, ThreadJob, ThreadReply } from './protocol';
import type { JobState } from './realm';
import { newState, runScripts } from './runScripts';

/** WebAssembly memory grows and never shrinks: past this a new module takes over. */
const maxModuleBytes = 64 * 1024 * 1024;
/** Kept ready: tests apart, tests together, calls recorded, and so on. */
const maxImages = 4;
const pageBytes = 64 * 1024;
const bytesPerMb = 1024 * 1024;

const data = workerData as ThreadData;
/** Compiled once: what a module costs is its memory. */
const compiled = WebAssembly.compile(readFileSync(data.wasmFile));
const stop = new Int32Array(data.stop);
const images = new Map<string, BoundedImage>();

parentPort?.on('message', (job: ThreadJob) => {
  void answer(job).then((reply) => parentPort?.postMessage(reply));
});

async function answer(job: ThreadJob): Promise<ThreadReply> {
  const key = keyOf(job.payload);
  try {
    const maxBytes = job.limits.memoryMb * bytesPerMb;
    const isStopped = (): boolean => Atomics.load(stop, 0) !== 0;
    const found = images.get(key);
    const isRoomy = found !== undefined && found.image.heldBytes <= found.ownBytes + maxBytes;
    if (found && !isRoomy) letGo(key);
    const bounded = isRoomy ? found : await load(job, newState(job, isStopped));
    bounded.maxBytes = bounded.ownBytes + maxBytes;
    const outcome = runScripts(bounded.image, job, newState(job, isStopped));
    keep(key, bounded);
    return outcome;
  } catch (error) {
    // The module itself broke (its own stack or memory): the program ended, and so did the module.
    letGo(key);
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { end: 'died', messages: [], output: '', durationMs: 0, detail };
  }
}

function keyOf({ prelude = [], apart }: QuickJsPayload): string {
  const sources = (scripts: readonly Script[]): string =>
    scripts.map(({ source }) => source).join('\0');
  return `${sources(prelude)}\0\0${apart ? sources(apart.prelude) : ''}`;
}

/** The one that was used last stands last; the first goes where there are too many. */
function keep(key: string, bounded: BoundedImage): void {
  images.delete(key);
  if (bounded.image.heldBytes > maxModuleBytes) return letGo(key);
  images.set(key, bounded);
  const [oldest] = images.keys();
  if (images.size > maxImages && oldest !== undefined) letGo(oldest);
}

/** V8 is in no hurry to free memory that it does not count as its own: it is told to. */
function letGo(key: string): void {
  images.delete(key);
  // When nothing on the way here refers to it any more.
  setImmediate(collectGarbage);
}

const collectGarbage = ((): (() => void) => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as unknown;
  setFlagsFromString('--no-expose-gc');
  return typeof collect === 'function' ? (collect as () => void) : () => undefined;
})();

interface BoundedImage {
  readonly image: Image;
  /** What the module needs for itself. */
  readonly ownBytes: number;
  /** Its memory does not grow past this. */
  maxBytes: number;
}

/**
 * A fresh module whose memory is bounded where it grows: compiled to WebAssembly, QuickJS cannot
 * tell how much it holds, and its own memory limit does not hold (tried).
 */
async function load(job: ThreadJob, state: JobState): Promise<BoundedImage> {
  const variant = newVariant(baseVariant, { wasmModule: await compiled });
  const quickjs = await newQuickJSWASMModuleFromVariant(variant);
  const memory = quickjs.getWasmMemory();
  const grow = memory.grow.bind(memory);
  const ownBytes = memory.buffer.byteLength;
  const image = new Image(quickjs, job.payload, state);
  const bounded = { image, ownBytes, maxBytes: ownBytes };
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * pageBytes > bounded.maxBytes) {
      throw new RangeError('memory limit');
    }
    return grow(pages);
  };
  return bounded;
}
