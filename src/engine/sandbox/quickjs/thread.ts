import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import baseVariant from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import type { ThreadData, ThreadJob, ThreadReply } from './protocol';
import { runScripts } from './runScripts';

/** WebAssembly memory grows and never shrinks: past this a new module takes over. */
const maxModuleBytes = 256 * 1024 * 1024;
const pageBytes = 64 * 1024;
const bytesPerMb = 1024 * 1024;

const data = workerData as ThreadData;
const wasmBinary = readFileSync(data.wasmFile);
const stop = new Int32Array(data.stop);
let module: Promise<BoundedModule> | null = null;

parentPort?.on('message', (job: ThreadJob) => {
  void answer(job).then((reply) => parentPort?.postMessage(reply));
});

async function answer(job: ThreadJob): Promise<ThreadReply> {
  try {
    module ??= load();
    const loaded = await module;
    loaded.maxBytes = loaded.ownBytes + job.limits.memoryMb * bytesPerMb;
    const isStopped = (): boolean => Atomics.load(stop, 0) !== 0;
    const { outcome, moduleIsUsable } = runScripts(loaded.quickjs, job, isStopped);
    const heldBytes = loaded.quickjs.getWasmMemory().buffer.byteLength;
    if (!moduleIsUsable || heldBytes > maxModuleBytes) module = null;
    return outcome;
  } catch (error) {
    // The module itself broke (its own stack or memory): the program ended, and so did the module.
    module = null;
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { end: 'died', messages: [], output: '', durationMs: 0, detail };
  }
}

interface BoundedModule {
  readonly quickjs: QuickJSWASMModule;
  /** What the module needs for itself. */
  readonly ownBytes: number;
  /** Its memory does not grow past this. */
  maxBytes: number;
}

/**
 * A fresh module whose memory is bounded where it grows: compiled to WebAssembly, QuickJS cannot
 * tell how much it holds, and its own memory limit does not hold (tried).
 */
async function load(): Promise<BoundedModule> {
  const binary = wasmBinary.buffer.slice(
    wasmBinary.byteOffset,
    wasmBinary.byteOffset + wasmBinary.byteLength,
  );
  const quickjs = await newQuickJSWASMModuleFromVariant(
    newVariant(baseVariant, { wasmBinary: binary }),
  );
  const memory = quickjs.getWasmMemory();
  const bounded = { quickjs, ownBytes: memory.buffer.byteLength, maxBytes: maxModuleBytes };
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * pageBytes > bounded.maxBytes) {
      throw new RangeError('memory limit');
    }
    return grow(pages);
  };
  return bounded;
}
