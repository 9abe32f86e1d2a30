'use strict';
// In the process of a program that is judged apart: answers calls of its tests. What the program
// does to this process can change its answers, and nothing else.
const { readSync, writeSync } = require('node:fs');
const { Socket } = require('node:net');
const { frame, FrameReader, maxFrameBytes } = require('./channel.js');
const { Known, Side } = require('./nodeCodec.js');
const { raise, request, respond, settled } = require('./nodeCrossing.js');

const { parse, stringify } = JSON;
const { reallyExit } = process;
const { wait } = Atomics;
const readBytes = 64 * 1024;
/** How long a look at the channel is put off where nothing has come. */
const pauseMs = 0.2;

/** Made before the program is there, and made to read once it is. */
function openChannel(descriptor) {
  return { descriptor, socket: new Socket({ fd: descriptor, readable: true, writable: true }) };
}

/**
 * Answers on the channel until the process ends. `loaded` is what came of the program's scripts;
 * `lookup` gives what the program has under its names, as they are now.
 */
function answer({ socket, descriptor }, loaded, lookup) {
  let promises = 0;
  let lastCall = 0;
  const states = new Map();
  const returned = new Map();
  const fromTests = new Map();
  let waiting = null;
  const side = new Side({
    instances: true,
    promise(given) {
      const number = promises++;
      settled(side, given, (state) => {
        states.set(number, state);
        if (waiting?.of.includes(number)) tellSettled(waiting);
      });
      return number;
    },
    function: (v, name) => ({ [name]: (...args) => callTests(v, args) })[name],
    settled: (v) => new Promise((resolve, reject) => void fromTests.set(v, { resolve, reject })),
  });

  /** Calls a function of the tests, and waits for what comes of it as for any call. */
  function callTests(v, args) {
    const call = --lastCall;
    return request(
      side,
      (sent) => {
        const bytes = frame(stringify({ ask: 'callback', call, v, args: sent }));
        if (bytes.length > maxFrameBytes) throw new RangeError('more than 8 MB in one call');
        write(bytes);
        while (!returned.has(call)) readNow();
        const told = returned.get(call);
        returned.delete(call);
        return { told, understand: (read) => read() };
      },
      args,
    );
  }

  /** Names that functions stand under are called; the value of others is told. */
  function names() {
    return Object.entries(lookup()).map(([name, value]) =>
      typeof value === 'function'
        ? [name, { callable: true }]
        : [name, { value: side.encode(value, new Known()) }],
    );
  }

  const ask = {
    load: () => ({ loaded, names: loaded.every(({ ok }) => ok) ? names() : [] }),
    call: ({ name, args }) => respond(side, lookup()[name], undefined, args),
    apply({ v, args }) {
      const { value, owner } = side.given(v);
      return respond(side, value, owner, args);
    },
    method({ v, name, args }) {
      const { value } = side.given(v);
      return respond(side, value[name], value, args);
    },
  };

  const send = (told) => {
    let bytes = frame(stringify(told));
    if (bytes.length > maxFrameBytes) {
      const error = new RangeError('it gives more than 8 MB');
      bytes = frame(stringify({ id: told.id, raised: raise(side, error), after: [] }));
    }
    write(bytes);
  };

  /** At once: the program may wait for an answer, or end, before its event loop goes on. */
  function write(bytes) {
    for (let place = 0; place < bytes.length;) {
      place += attempt(() => writeSync(descriptor, bytes, place));
    }
  }

  function readNow() {
    const bytes = Buffer.allocUnsafe(readBytes);
    const count = attempt(() => readSync(descriptor, bytes, 0, readBytes, null) || -1);
    if (count < 0) reallyExit(0);
    if (count > 0) reader.take(bytes.subarray(0, count));
  }

  function tellSettled({ id, of, timer }) {
    clearTimeout(timer);
    waiting = null;
    const told = of.filter((number) => states.has(number));
    // With nothing under way but this conversation, no promise is ever settled by itself.
    const isIdle = told.length === 0 && process.getActiveResourcesInfo().length <= quiet;
    send({ id, settled: told.map((number) => [number, states.get(number)]), isIdle });
  }

  /** What became of a promise of the tests. */
  function settle({ v, state }) {
    const known = fromTests.get(v);
    fromTests.delete(v);
    if ('raised' in state) known?.reject(side.decode(state.raised.value, new Known()));
    else known?.resolve(side.decode(state.value, new Known()));
  }

  const quiet = process.getActiveResourcesInfo().length;
  const reader = new FrameReader((text) => {
    const asked = parse(text);
    const { id } = asked;
    if (asked.ask === 'returned') return void returned.set(asked.call, asked);
    if (asked.ask === 'settle') return settle(asked);
    if (asked.ask === 'settled') {
      const waitingFor = { id, of: asked.of, timer: null };
      if (asked.of.some((number) => states.has(number))) return tellSettled(waitingFor);
      waiting = waitingFor;
      waitingFor.timer = setTimeout(tellSettled, asked.waitMs, waitingFor);
      return;
    }
    let told;
    try {
      told = ask[asked.ask](asked);
    } catch (error) {
      told = { raised: raise(side, error), after: [] };
    }
    send({ ...told, id });
  });
  socket.on('data', (data) => reader.take(data));
  // With the tests gone nobody needs the answers.
  socket.on('close', () => process.exit());
  socket.on('error', () => process.exit());
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** What a look at the channel gives; 0 where it must be looked at again. Ends with the channel. */
function attempt(look) {
  try {
    return look();
  } catch (error) {
    if (error.code !== 'EAGAIN') reallyExit(0);
    wait(sleeper, 0, 0, pauseMs);
    return 0;
  }
}

module.exports = { answer, openChannel };
