'use strict';
// Runs the scripts of a job, one after the other, as scripts of one global scope.
const { AssertionError } = require('node:assert');
const assert = require('node:assert/strict');
const { createRequire } = require('node:module');
const { performance: clock } = require('node:perf_hooks');
const { inspect } = require('node:util');
const vm = require('node:vm');
const testModule = require('./nodeTestModule.js');

const maxTextChars = 2000;
const maxPrintedChars = 400;
/** How long what a script left under way (timers, callbacks) is waited for before the next. */
const drainMs = 500;
const { stringify } = JSON;
const { reallyExit } = process;
const folder = '/tmp';

/** Loads a program and hands over what came of it and how to look its names up. */
async function runProgram({ scripts, lookup }, serve) {
  prepareScope({});
  const loaded = [];
  for (const script of scripts) {
    const result = await runScript(script, { lookup });
    loaded.push(result);
    if (!result.ok) break;
  }
  serve(loaded, () => evaluate({ source: lookup, file: 'lookup.js' }));
}

/** Runs tests, with a program of another process where there is one, and tells what came of each. */
async function runTests({ nonce, scripts, apart, stopMs }, { tell, converse }) {
  const stopAt = stopMs === undefined ? Infinity : clock.now() + stopMs;
  const say = (message) => tell(stringify({ nonce, ...message }));
  const end = (final) => {
    say({ final });
    reallyExit(0);
  };
  prepareScope({ 'node:test': testModule.api, test: undefined });
  globalThis.assert = assert;
  const { assert: mustHold } = assert;
  console.assert = (value, ...rest) =>
    (mustHold ?? assert)(value, rest.length > 0 ? rest.join(' ') : 'console.assert did not hold');
  let conversation = null;
  if (apart) {
    conversation = converse((why) => end({ lost: why }));
    const { loaded, names } = conversation.load();
    // The program has no say in which script a result is of.
    apart.ids.slice(0, loaded.length).forEach((id, place) => {
      const { ok, error } = loaded[place];
      say({ result: { id, ok, ...(ok ? {} : { error: plainError(error) }) } });
    });
    if (loaded.length < apart.ids.length || !loaded.every(({ ok }) => ok)) return end({});
    globalThis.__names = names;
  }
  const run = new Run(() => conversation?.takeSwallowed() ?? null);
  let running = 0;
  if (stopMs !== undefined) {
    // A script that goes on behind an await is ended by no timer while it does not let go.
    globalThis.__endIfLate = () => {
      const late = clock.now() < stopAt ? null : scripts.slice(running).find((s) => s.evenLate);
      if (!late) return;
      say({ result: { id: late.id, ok: true, value: String(evaluate(late)) } });
      end({ isLate: true });
    };
  }
  return (async () => {
    for (const [place, script] of scripts.entries()) {
      running = place;
      const result = await run.settle(script, stopAt);
      say({ result });
      if (script.required && !result.ok) break;
      if (clock.now() < stopAt) continue;
      // Time is out: what tells of that still runs.
      const late = scripts.slice(place + 1).find(({ evenLate }) => evenLate);
      if (late) say({ result: await run.settle(late) });
      return end({ isLate: true });
    }
    end({});
  })();
}

/** Watches the process while scripts run: what fails outside of a script fails that script. */
class Run {
  #late = null;
  #drained = null;
  #stuck = null;
  #takeSwallowed;

  /** `takeSwallowed` gives an assertion that failed in a script and that nothing told of. */
  constructor(takeSwallowed) {
    this.#takeSwallowed = takeSwallowed;
    process.on('uncaughtException', (error) => {
      this.#late ??= { error };
      this.#stuck?.();
    });
    // Not at once: with nothing under way the process would end behind what goes on from here.
    process.on('beforeExit', () => setImmediate(() => (this.#drained ?? this.#stuck)?.()));
  }

  /** What came of a script; it is ended at `stopAt` where it can be. */
  async settle(script, stopAt = Infinity) {
    this.#late = null;
    const never = new Promise((resolve) => {
      this.#stuck = () =>
        resolve(
          failure(
            script,
            this.#late?.error ?? new Error('it waits for something that never comes'),
          ),
        );
    });
    const stop = stopAt < Infinity ? setTimeout(this.#stuck, stopAt - clock.now()).unref() : null;
    const result = await Promise.race([runScript(script, { stopAt }), never]);
    clearTimeout(stop);
    this.#stuck = null;
    if (script.async && result.ok) await this.#drain();
    const swallowed = this.#takeSwallowed();
    if (!result.ok) return result;
    if (this.#late) return failure(script, this.#late.error);
    return swallowed ? failure(script, swallowed) : result;
  }

  /** Until nothing is under way any more. */
  #drain() {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, drainMs);
      timer.unref();
      this.#drained = () => {
        clearTimeout(timer);
        this.#drained = null;
        resolve();
      };
    });
  }
}

async function runScript(script, { lookup, stopAt = Infinity } = {}) {
  let value;
  try {
    const { run, isAwaited } = compile(script, lookup ?? script.lookup);
    value = run(stopAt);
    if (isAwaited) await value;
    if (!script.async) {
      return { id: script.id, ok: true, ...(script.value ? { value: String(value) } : {}) };
    }
  } catch (error) {
    const failed = failure(script, error);
    // An async script runs nothing by itself: what it throws at once is that it does not compile.
    return script.async ? { ...failed, compiled: false } : failed;
  }
  try {
    await value;
    await testModule.runAll();
    return { id: script.id, ok: true };
  } catch (error) {
    return failure(script, error);
  }
}

const options = { importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER };

function evaluate({ source, file }) {
  return new vm.Script(source, { ...options, filename: file }).runInThisContext();
}

/** How to run a script; one that awaits at its top runs in a function, its names made global. */
function compile(script, lookup) {
  const { source, file } = script;
  try {
    const compiled = new vm.Script(source, { ...options, filename: file });
    const run = (stopAt) => {
      const left = Math.max(1, Math.ceil(stopAt - clock.now()));
      return compiled.runInThisContext(left < Infinity ? { timeout: left } : {});
    };
    return { run, isAwaited: false };
  } catch (error) {
    if (lookup === undefined || !/\bawait\b/.test(source)) throw error;
    const wrapped = `(async () => {${source}\n;Object.assign(globalThis, ${lookup});})()`;
    return { run: () => evaluate({ source: wrapped, file }), isAwaited: true };
  }
}

/** What a module finds around it in Node. */
function prepareScope(replaced) {
  const real = createRequire(`${folder}/program.js`);
  const find = (name) => (Object.hasOwn(replaced, name) && replaced[name]) || real(name);
  globalThis.require = Object.assign(find, { resolve: real.resolve, cache: real.cache });
  globalThis.module = { exports: {} };
  globalThis.exports = globalThis.module.exports;
  globalThis.__filename = `${folder}/program.js`;
  globalThis.__dirname = folder;
}

function failure({ id }, error) {
  return { id, ok: false, error: describe(error) };
}

function describe(error) {
  if (typeof error !== 'object' || error === null) {
    return { name: 'Error', message: `threw ${text(error)}`, stack: '', asserted: false };
  }
  const asserted = error instanceof AssertionError;
  const told = (key) => {
    try {
      return typeof error[key] === 'string' ? error[key] : '';
    } catch {
      return '';
    }
  };
  return {
    name: told('name').slice(0, maxTextChars) || 'Error',
    message: told('message').slice(0, maxTextChars),
    stack: told('stack').slice(0, maxTextChars),
    asserted,
    ...(asserted ? { expected: print(error.expected), actual: print(error.actual) } : {}),
  };
}

/** What another process told of an error, held to its shape. */
function plainError(error) {
  const told = (key) => String(error?.[key] ?? '').slice(0, maxTextChars);
  return { name: told('name'), message: told('message'), stack: told('stack'), asserted: false };
}

function text(value) {
  try {
    return String(value).slice(0, maxTextChars);
  } catch {
    return typeof value;
  }
}

function print(value) {
  const printed = inspect(value, { depth: 6, breakLength: Infinity, maxArrayLength: 100 });
  if (printed.length <= maxPrintedChars) return printed;
  const half = (maxPrintedChars - 3) >> 1;
  return `${printed.slice(0, half)}...${printed.slice(-half)}`;
}

/** Goes once through what a job goes through, so that Node has loaded and compiled all of it. */
async function warmUp() {
  const { Known, Side } = require('./nodeCodec.js');
  const side = new Side({ instances: true });
  const all = [1, 'a', 1n, -0, undefined, new Date(0), /a/g, new Map([[1, new Set([2])]])];
  const more = [Buffer.from('a'), new Error('a'), { a: { b: [] } }, Symbol('a'), new URL('a:b')];
  side.decode(JSON.parse(stringify(side.encode([...all, ...more], new Known()))), new Known());
  for (const source of ['(async () => {})()', '(async () => { throw null })()', 'a b']) {
    await runScript({ id: 'a', file: 'a.js', source, async: true });
  }
  try {
    assert.deepEqual({ a: [1] }, { a: [2] });
  } catch (error) {
    describe(error);
  }
  console.log;
  process.stdout.isTTY;
}

module.exports = { runProgram, runTests, warmUp };
