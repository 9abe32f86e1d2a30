'use strict';
// In the process of tests that are judged apart from their program: stands for the program by
// name. What the program answers is data to be read, never code to be run.
const { AssertionError } = require('node:assert');
const { readFrame, writeFrame } = require('./channel.js');
const { Known, Side } = require('./nodeCodec.js');
const crossing = require('./nodeCrossing.js');

const { parse, stringify } = JSON;
/** How long the program may hold an answer about its promises back; timers of tests wait as long. */
const settleWaitMs = 5;

/**
 * Asks over the channel. `lose` is called, and must not return, where the program no longer
 * answers or answers what is none: its tests must not go on as if it had thrown.
 */
function openConversation(descriptor, lose) {
  let lastId = 0;
  const waiting = new Map();
  let promises = 0;
  let isPumping = false;
  let pause = null;

  function ask(request) {
    const id = ++lastId;
    write({ ...request, id });
    for (;;) {
      const answer = readFrame(descriptor);
      if (answer === null) lose('the program ended');
      const told = understand(() => {
        const read = parse(answer);
        if (read === null || typeof read !== 'object') throw new TypeError();
        if (read.ask !== 'callback' && read.id !== id) throw new TypeError();
        return read;
      });
      if (told.ask !== 'callback') return told;
      callBack(told);
    }
  }

  function write(message) {
    try {
      writeFrame(descriptor, stringify(message));
    } catch (error) {
      if (error instanceof RangeError) throw error;
      lose('the program ended');
    }
  }

  /** The program calls a function that it was given. */
  function callBack({ call, v, args }) {
    const { value, owner } = understand(() => side.given(v));
    if (typeof value !== 'function' || !Array.isArray(args)) lose('the program asked for nothing');
    const returned = (told) => write({ ask: 'returned', call, ...told });
    try {
      returned(crossing.respond(side, value, owner, args));
    } catch (error) {
      returned({ raised: crossing.raise(side, error), after: [] });
    }
  }

  function understand(read) {
    try {
      return read();
    } catch {
      return lose('the program answered what is no answer');
    }
  }

  /** An assertion of the tests that failed in a function of theirs, while it has not come back. */
  let swallowed = null;
  const hear = {
    raising(error) {
      if (error instanceof AssertionError) swallowed ??= error;
    },
    raised(error) {
      const isIt = error?.name === swallowed?.name && error?.message === swallowed?.message;
      if (isIt) swallowed = null;
    },
  };
  const side = new Side({
    isChecker: true,
    hear,
    settled: (number) =>
      new Promise((resolve, reject) => {
        waiting.set(number, { resolve, reject });
        keepPumping();
      }),
    promise(given) {
      const v = promises++;
      crossing.settled(side, given, (state) => {
        write({ ask: 'settle', v, state });
        // The program may have been waiting for just this.
        pause?.ref();
      });
      return v;
    },
    function: (v, name) => ({ [name]: (...args) => request({ ask: 'apply', v }, args) })[name],
    asyncIterator: (v) => {
      const method =
        (name) =>
        async (...args) =>
          request({ ask: 'method', v, name }, args);
      const iterator = { next: method('next'), return: method('return') };
      iterator[Symbol.asyncIterator] = () => iterator;
      return iterator;
    },
  });

  function keepPumping() {
    if (!isPumping) setImmediate(pump);
    isPumping = true;
  }

  /**
   * Asks for promises until none is waited for and nothing here may be called any more; keeps this
   * process awake while the program has something under way.
   */
  function pump() {
    pause = null;
    if (waiting.size === 0 && !side.hasGivenFunctions) {
      isPumping = false;
      return;
    }
    const told = ask({ ask: 'settled', of: [...waiting.keys()], waitMs: settleWaitMs });
    const settled = understand(() =>
      told.settled.map(([number, state]) => [
        waiting.get(number),
        'raised' in state ? 'reject' : 'resolve',
        side.decode('raised' in state ? state.raised.value : state.value, new Known()),
        waiting.delete(number),
      ]),
    );
    for (const [promise, how, value] of settled) {
      if (how === 'reject') hear.raised(value);
      promise?.[how](value);
    }
    if (told.isIdle === true) pause = setTimeout(pump, settleWaitMs).unref();
    else setImmediate(pump);
  }

  function request(what, args) {
    const send = (sent) => ({ told: ask({ ...what, args: sent }), understand });
    try {
      return crossing.request(side, send, args);
    } finally {
      if (side.hasGivenFunctions) keepPumping();
    }
  }

  return {
    /** What a program caught of a function of the tests, which must not decide whether it counts. */
    takeSwallowed() {
      const first = swallowed;
      swallowed = null;
      return first;
    },
    /** What came of each of the program's scripts, and what stands for its names. */
    load() {
      const told = ask({ ask: 'load' });
      return understand(() => ({
        loaded: told.loaded.map(({ ok, error }) => ({ ok: ok === true, error })),
        names: Object.fromEntries(
          told.names.map(([name, found]) => [
            String(name),
            found.callable === true
              ? { [name]: (...args) => request({ ask: 'call', name }, args) }[name]
              : side.decode(found.value, new Known()),
          ]),
        ),
      }));
    },
  };
}

module.exports = { openConversation };
