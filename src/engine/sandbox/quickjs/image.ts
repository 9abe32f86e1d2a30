import type { QuickJSHandle, QuickJSWASMModule } from 'quickjs-emscripten-core';
import type { QuickJsPayload, Script } from './protocol';
import { createRealm, offer, type JobState, type Realm } from './realm';

const pageBytes = 64 * 1024;
/** Static data may reach this far into the first pages that are empty: they are emptied again. */
const emptiedPages = 4;

/**
 * A module's memory as it is after its preludes ran. Each job begins from just these bytes, so
 * its runtimes are as fresh as new ones, at the price of a copy of some hundred kilobytes.
 */
export class Image {
  readonly tests: Realm;
  /** The runtime of a program that stands apart, and its function that is asked. */
  readonly program: { readonly realm: Realm; readonly answer: QuickJSHandle } | null;
  readonly job: { state: JobState; call: CallBetween };
  private readonly kept: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
  private readonly emptied: readonly (readonly [number, number])[];

  constructor(
    private readonly module: QuickJSWASMModule,
    payload: QuickJsPayload,
    state: JobState,
  ) {
    this.job = { state, call: { intoProgram: nobody, intoTests: nobody } };
    const { apart } = payload;
    if (apart) {
      const realm = createRealm(module, this.job);
      offer(realm, '__ask', (text) => this.job.call.intoTests(text));
      this.program = { realm, answer: prepare(realm, apart.prelude) };
    } else this.program = null;
    this.tests = createRealm(module, this.job);
    if (apart) offer(this.tests, '__ask', (text) => this.job.call.intoProgram(text));
    prepare(this.tests, payload.prelude ?? []).dispose();
    [this.kept, this.emptied] = copyOf(new Uint8Array(module.getWasmMemory().buffer));
  }

  /** Makes the memory what it was, for a job with this state. */
  begin(state: JobState, call: CallBetween): void {
    const memory = new Uint8Array(this.module.getWasmMemory().buffer);
    for (const [start, end] of this.emptied) memory.fill(0, start, end);
    for (const { offset, bytes } of this.kept) memory.set(bytes, offset);
    this.job.state = state;
    this.job.call = call;
  }

  get heldBytes(): number {
    return this.module.getWasmMemory().buffer.byteLength;
  }
}

/** Text that one runtime sends to the other; null where that one was ended meanwhile. */
export interface CallBetween {
  readonly intoProgram: (text: string) => string | null;
  readonly intoTests: (text: string) => string | null;
}

function nobody(): null {
  return null;
}

/** Runs preludes; the value of the last. */
function prepare({ context }: Realm, prelude: readonly Script[]): QuickJSHandle {
  let value: QuickJSHandle = context.undefined;
  for (const { source, file } of prelude) {
    value = context.unwrapResult(context.evalCode(source, file, { type: 'global' }));
  }
  // Made when first read, and kept: they must be in the image, not after it.
  const early = [context.undefined, context.null, context.true, context.false, context.global];
  if (early.some((handle) => !handle.alive)) throw new Error('a runtime lacks its globals');
  return value;
}

/**
 * The pages that hold something, and those to be emptied. The rest is the stack, which holds
 * nothing between calls, and memory that was never given out.
 */
function copyOf(memory: Uint8Array): [Image['kept'], Image['emptied']] {
  const kept: { offset: number; bytes: Uint8Array }[] = [];
  const empty: (readonly [number, number])[] = [];
  let emptyRun = 0;
  const last = lastPageInUse(memory);
  for (let page = 0; page <= last; page++) {
    const [start, end] = [page * pageBytes, (page + 1) * pageBytes];
    if (isEmpty(memory, start, end)) {
      if (emptyRun < emptiedPages) empty.push([start, end]);
      emptyRun += 1;
      continue;
    }
    emptyRun = 0;
    kept.push({ offset: start, bytes: memory.slice(start, end) });
  }
  return [kept, empty];
}

function lastPageInUse(memory: Uint8Array): number {
  let page = memory.length / pageBytes - 1;
  while (page > 0 && isEmpty(memory, page * pageBytes, (page + 1) * pageBytes)) page -= 1;
  return page;
}

function isEmpty(memory: Uint8Array, start: number, end: number): boolean {
  return new BigUint64Array(memory.buffer, start, (end - start) / 8).every((word) => word === 0n);
}
