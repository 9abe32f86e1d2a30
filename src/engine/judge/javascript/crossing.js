// How values go between the runtime of tests and that of a program judged apart, as text. Both
// sides run this after its two halves; it leaves a maker of one side.
globalThis.__crossing = (() => {
  const { __encoding: makeEncoder, __decoding: makeDecoder } = globalThis;
  delete globalThis.__encoding;
  delete globalThis.__decoding;
  const maxItems = 10000;
  /** Characters and values in one call, and in what comes back. */
  const maxSize = 8 * 1024 * 1024;
  const { parse, stringify } = JSON;
  const viewNames =
    'Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array'.split(
      ' ',
    );
  const wellKnown = new Map(
    Reflect.ownKeys(Symbol)
      .filter((key) => typeof Symbol[key] === 'symbol')
      .map((key) => [Symbol[key], key]),
  );

  /** What one side has handed out and taken, by number. */
  function newTable() {
    /** What was handed out by number, and what stands here for what was taken by number. */
    const given = [];
    const numberOfGiven = new Map();
    const taken = new Map();
    const numberOfTaken = new Map();

    /** The containers of one call, numbered alike on both sides in the order of their encoding. */
    const newKnown = () => ({ list: [], numbers: new Map(), size: 0 });
    function keep(known, value) {
      known.numbers.set(value, known.list.length);
      known.list.push(value);
      return value;
    }

    const tooLarge = () =>
      new RangeError('a value of more than 8 MB goes between the program and its tests');
    function spend(known, size) {
      known.size += size;
      if (known.size > maxSize) throw tooLarge();
    }

    /** What stands in a list at a number that the other side sent, which may be anything. */
    function at(list, number) {
      if (!Number.isInteger(number) || number < 0 || number >= list.length) {
        throw new TypeError('it refers to what was never given');
      }
      return list[number];
    }

    function give(value, owner) {
      if (numberOfGiven.has(value)) return numberOfGiven.get(value);
      numberOfGiven.set(value, given.length);
      return given.push({ value, owner }) - 1;
    }

    function take(number, make) {
      if (!taken.has(number)) {
        const made = make();
        taken.set(number, made);
        numberOfTaken.set(made, number);
      }
      return taken.get(number);
    }

    return {
      viewNames,
      wellKnown,
      newKnown,
      keep,
      spend,
      give,
      take,
      given,
      at,
      numberOfGiven,
      numberOfTaken,
      maxItems,
      maxSize,
    };
  }

  const same = (value) => value;
  /** `raising` hears of what is raised to the other side, `raised` of what comes raised from there, `cameBack` of what was given. */
  return ({ send, isChecker, held = same, raising = same, raised = same, cameBack = same }) => {
    const table = newTable();
    const { newKnown, given, at, maxItems } = table;
    const { encode, contents } = makeEncoder(table, send, { raising });
    const { decode, fill, settle } = makeDecoder(table, {
      isChecker,
      held,
      request,
      raised,
      cameBack,
    });
    /** Asks the other side for something, and gives or throws what came of it. */
    function request(asked, args) {
      const known = newKnown();
      const sent = args.map((item) => encode(item, known));
      const count = known.list.length;
      const reply = parse(send(stringify({ ...asked, args: sent })));
      const isRaised = 'raised' in reply;
      const result = decode(isRaised ? reply.raised : reply.value, known);
      (reply.after ?? []).slice(0, count).forEach((held, place) => {
        // A function comes back as it was: what it does is its own.
        if (held && typeof known.list[place] !== 'function') fill(known.list[place], held, known);
      });
      if (isRaised) throw raised(result);
      return result;
    }

    const actions = {
      call({ v }, args) {
        const { value, owner } = at(given, v);
        return value.apply(owner, args);
      },
      step({ v, how }, args) {
        const iterator = at(given, v).value;
        if (how === 'next' || typeof iterator[how] === 'function') return iterator[how](...args);
        if (how === 'throw') throw args[0];
        return { done: true, value: args[0] };
      },
      steps({ v, count }) {
        const items = [];
        const iterator = at(given, v).value;
        while (items.length < Math.min(count, maxItems)) {
          try {
            const { done, value } = iterator.next();
            if (done) return { items, end: { value } };
            items.push(value);
          } catch (error) {
            return { items, end: { raised: [error] } };
          }
        }
        return { items, end: null };
      },
      settle: ({ v, value, raised }) => settle(v, raised === undefined ? { value } : { raised }),
    };

    /** Does what the other side asks for; `more` adds to what may be asked. */
    function answer(text, more = {}) {
      const asked = parse(text);
      const known = newKnown();
      const args = (asked.args ?? []).map((item) => decode(item, known));
      const count = known.list.length;
      const isOurs = Object.hasOwn(actions, asked.ask);
      let told;
      try {
        const result = (isOurs ? actions : more)[asked.ask](asked, args);
        told = { value: encode(result, known) };
      } catch (error) {
        for (const extra of known.list.splice(count)) known.numbers.delete(extra);
        known.size = 0;
        raising(error);
        told = { raised: encode(error, known) };
      }
      known.size = 0;
      const after = known.list
        .slice(0, count)
        .map((item) => (typeof item === 'function' ? null : contents(item, known, 1)));
      return stringify({ ...told, after });
    }

    return { answer, request };
  };
})();
