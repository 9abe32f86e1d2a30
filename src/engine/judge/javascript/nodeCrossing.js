'use strict';
// One call between the processes of tests and program, on the side that makes it and on the one
// that answers it. Arguments come back as the call left them.
const { Known } = require('./nodeCodec.js');

/** Calls the other side: `send` takes the values and gives what it told; throws what it raised. */
function request(side, send, args) {
  const known = new Known();
  const sent = args.map((item) => side.encode(item, known));
  const count = known.list.length;
  const { told, understand } = send(sent);
  const { error, value } = understand(() => {
    const result = 'value' in told ? side.decode(told.value, known) : undefined;
    told.after.slice(0, count).forEach((held, place) => side.fill(known.list[place], held, known));
    if (!('raised' in told)) return { value: result };
    const raised = side.decode(told.raised.value, new Known());
    side.hear.raised(raised);
    return { error: { raised } };
  });
  if (error) throw error.raised;
  return value;
}

/** Calls `callee` with what the other side sent, and describes what came of it. */
function respond(side, callee, self, args) {
  const known = new Known();
  const values = args.map((item) => side.decode(item, known));
  const count = known.list.length;
  let told;
  try {
    told = { value: side.encode(Reflect.apply(callee, self, values), known) };
  } catch (error) {
    known.forgetAfter(count);
    side.hear.raising(error);
    told = { raised: raise(side, error) };
  }
  return { ...told, after: known.list.slice(0, count).map((item) => side.contents(item, known)) };
}

function raise(side, error) {
  return { value: side.encode(error, new Known()) };
}

/** What a promise came to, as it is told. */
function settled(side, promise, tell) {
  const state = (describe) => {
    try {
      return describe();
    } catch (error) {
      return { raised: raise(side, error) };
    }
  };
  promise.then(
    (value) => tell(state(() => ({ value: side.encode(value, new Known()) }))),
    (error) => {
      side.hear.raising(error);
      tell(state(() => ({ raised: raise(side, error) })));
    },
  );
}

module.exports = { raise, request, respond, settled };
