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

const data = workerData as ThreadData;
const wasmBinary = readFileSync(data.wasmFile);
const stop = new Int32Array(data.stop);
let module: Promise<QuickJSWASMModule> | null = null;

parentPort?.on('message', (job: ThreadJob) => {
  void answer(job).then((reply) => parentPort?.postMessage(reply));
});

async function answer(job: ThreadJob): Promise<ThreadReply> {
  try {
    module ??= load();
    const loaded = await module;
    const { outcome, moduleIsUsable } = runScripts(loaded, job, () => Atomics.load(stop, 0) !== 0);
    if (!moduleIsUsable || loaded.getWasmMemory().buffer.byteLength > maxModuleBytes) module = null;
    return outcome;
  } catch (error) {
    // The module itself broke (its own stack or memory): the program ended, and so did the module.
    module = null;
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { end: 'died', messages: [], output: '', durationMs: 0, detail };
  }
}

function load(): Promise<QuickJSWASMModule> {
  const binary = wasmBinary.buffer.slice(
    wasmBinary.byteOffset,
    wasmBinary.byteOffset + wasmBinary.byteLength,
  );
  return newQuickJSWASMModuleFromVariant(newVariant(baseVariant, { wasmBinary: binary }));
}
