import type { Status } from '../../src/engine/domain/verdict';

/** Speaks on the channel to the tests (descriptor 4) past all that the judge's own side holds. */
const raw = `import json, os, struct, sys, threading
def write(data):
    while data:
        data = data[os.write(4, data):]
def read_all(length):
    data = b""
    while len(data) < length:
        part = os.read(4, length - len(data))
        if not part: os._exit(0)
        data += part
    return data
def send_bytes(data): write(struct.pack("!I", len(data)) + data)
def receive(): return json.loads(read_all(struct.unpack("!I", read_all(4))[0]))
def peer():
    frame = sys._getframe()
    while frame:
        for value in frame.f_locals.values():
            if hasattr(value, "channel") and hasattr(value, "last"): return value
        frame = frame.f_back
def number(): return peer().last
def classed(told): return {"$": "dict", "v": [[key, held] for key, held in told.items()]}
def send(message, at): send_bytes(json.dumps({**message, "number": at}).encode())
`;

/** Takes the conversation over in the first call, and answers every question with \`answer\`. */
function answering(answer: string): string {
  return `${raw}
def f(*args):
    at = number()
    while True:
        send(${answer}, at)
        at = receive()["number"]
`;
}

const references = ['99', '-1', '10**30', '1e308', '"0"', '[]', '{}', 'None', 'True'];
const roles = ['same', 'yours', 'at'];
const thing = (as: string, more = ''): string =>
  `{"value": {"$": "mine", "v": 2, "as": ${as}, "name": "__class__"${more}}}`;
const error = (more: string, name = '{"std": "builtins:ValueError"}'): string =>
  `{"raised": {"class": ${name}, "args": []${more}}}`;

const answers: readonly (readonly [string, string])[] = [
  ...roles.flatMap((role) =>
    references.map((number): [string, string] => [
      `the reference ${role} ${number}`,
      `{"value": {"$": "${role}", "v": ${number}}}`,
    ]),
  ),
  ...references.map((number): [string, string] => [
    `a thing of its own of the number ${number}`,
    `{"value": {"$": "mine", "v": ${number}, "as": "object", "name": "x"}}`,
  ]),
  ...['"__class__"', '"error"', '"errorClass"', '"nan"', '[]', 'None', '"function"', '5'].map(
    (role): [string, string] => [`a thing in the role ${role}`, thing(role)],
  ),
  ...['__class__', '__import__', 'eval', 'os.system', 'builtins', 'sys.modules'].map(
    (name): [string, string] => [`the name ${name}`, `{"value": {"$": "named", "v": "${name}"}}`],
  ),
  ...['__class__', '', 'x y', 'a' + '.b'.repeat(3)].map((name): [string, string] => [
    `a named tuple ${name}`,
    `{"value": {"$": "namedtuple", "name": "${name}", "of": ["__eq__", "__eq__"], "v": [1]}}`,
  ]),
  ...['re:sys.modules', 'os:environ', 'http:HTTPStatus.__class__', 're:enum.Enum', '', 'x'].map(
    (name): [string, string] => [
      `the enumeration ${name}`,
      `{"value": {"$": "enum", "name": "${name}", "v": "X"}}`,
    ],
  ),
  ...['int', 'float', 'tuple', 'dict', 'array', 'deque', 'Decimal', 'range', 'Pattern', 'UUID']
    .concat(['datetime', 'timezone', 'ZoneInfo', 'slice', 'set', 'bytes', 'keys', 'ChainMap'])
    .flatMap((kind) =>
      ['5', '"x"', '[[]]', '{"$": "x"}', 'None'].map((held): [string, string] => [
        `a ${kind} that holds ${held}`,
        `{"value": {"$": "${kind}", "v": ${held}}}`,
      ]),
    ),
  ...['os:system', 'builtins:object', 'builtins:__import__', 'builtins:int.__class__', 'x'].map(
    (name): [string, string] => [`an exception ${name}`, error('', `{"std": "${name}"}`)],
  ),
  ...['__class__', '__traceback__', '__dict__', '__cause__', '__eq__'].flatMap((name) =>
    ['fields', 'held'].map((where): [string, string] => [
      `an exception with ${name} among its ${where}`,
      error(`, "${where}": {"${name}": {"$": "named", "v": "int"}}`),
    ]),
  ),
  ['an exception that is none', '{"raised": {"$": "named", "v": "int"}}'],
  ['an exception by no class', '{"raised": {"class": {}, "args": []}}'],
  ['a class of a reference', error('', '{"yours": 0}')],
  [
    'a class below what cannot be together',
    error(
      '',
      '{"mine": 2, "name": "X", "bases": [{"std": "builtins:OSError"}, {"std": "builtins:KeyError"}]}',
    ),
  ],
  [
    'a class below the test’s own function',
    error('', '{"mine": 2, "name": "__class__", "bases": [{"yours": 0}]}'),
  ],
  ['the end of a loop', error('', '{"std": "builtins:StopIteration"}')],
  [
    'the end of a loop, below',
    error('', '{"mine": 0, "name": "TypeErro", "bases": [{"std": "builtins:StopIteration"}]}'),
  ],
  ...['-5', '"x"', '1.5', '10**30', '0', 'True', '[]', 'float("nan")'].map(
    (first): [string, string] => [
      `containers numbered from ${first}`,
      `{"value": [[], []], "first": ${first}}`,
    ],
  ),
  ...['changed', 'released', 'dropped', 'ended'].flatMap((what) =>
    ['5', '[5]', '[[0]]', '[[99, []]]', '[-1]', '["__class__"]', '[[[], []]]', '{"a": 1}'].map(
      (held): [string, string] => [`${what} ${held}`, `{"value": 1, "${what}": ${held}}`],
    ),
  ),
  ...[
    '"enum": "IntEnum", "members": [["__eq__", {"$": "named", "v": "operator.truth"}, [], None]]',
    '"enum": "IntEnum", "members": [["_missing_", 1, [], None]]',
    '"enum": "IntEnum", "members": [["A", {"$": "named", "v": "len"}, [], None]]',
    '"enum": "IntEnum", "members": [["A", 1, [["__class__", 1]], None]]',
    '"enum": "EnumMeta", "members": []',
    '"enum": "Enum", "members": [["mro", 1, [], None]]',
    '"enum": 5, "members": 5',
    '"printing": ["__eq__", "__hash__"]',
    '"printing": 5',
    '"base": "object"',
    '"base": "type"',
    '"base": []',
    '"name": "\\0"',
  ].flatMap((more) =>
    ['"below"', '"member"'].map((as): [string, string] => [
      `a value ${as} of a class with ${more}`,
      `{"classes": [classed({"name": "X", "base": "int", ${more}})], "value": {"$": ${as}, "of": ["mine", 0], "v": "A", "held": [["__eq__", 1]]}}`,
    ]),
  ),
  ...['["yours", 0]', '["mine", 9]', '["mine", "__class__"]', '5', 'None'].map(
    (of): [string, string] => [
      `a value below a class ${of}`,
      `{"value": {"$": "below", "of": ${of}, "v": 3}}`,
    ],
  ),
  ...['__eq__', '__class__', '__dict__', 'real', 'bit_length', '_name_', '__texts__'].map(
    (name): [string, string] => [
      `a value whose attribute ${name} is told`,
      `{"classes": [classed({"name": "X", "base": "int"})], "value": {"$": "below", "of": ["mine", 0], "v": 3, "held": [["${name}", {"$": "named", "v": "len"}]]}}`,
    ],
  ),
  ['a change of what the test gave, to what it is not', '{"value": 1, "changed": [[0, 5]]}'],
  ['a value and more beside', '{"value": 1, "raised": 2, "args": [1], "__class__": "dict"}'],
];

export const forgedAnswers: readonly (readonly [string, string])[] = answers.map(
  ([what, answer]): [string, string] => [what, answering(answer)],
);

/** Asks once for each question of the tests, says what it got, then answers wrongly. */
function asking(verb: string, of: string, args = '[]'): string {
  return `${raw}
def f(*args):
    at = number()
    while True:
        send({"ask": ${verb}, "of": ${of}, "args": ${args}}, at)
        told = receive()
        print("refused" if "raised" in told else told, flush=True)
        if "ask" in told: os._exit(0)
        send({"value": 0}, told["number"])
        at = receive()["number"]
`;
}

const asks: readonly (readonly [string, string, string, string?])[] = [
  ...references
    .filter((number) => number !== 'True')
    .map((number): [string, string, string] => [`for the call of ${number}`, '"call"', number]),
  ...['__class__', '__globals__', '__call__', 'next', 'send', 'throw', 'close', 'wait', 'cancel']
    .concat(['run', 'get', 'step', ''])
    .map((verb): [string, string, string] => [`a function for ${verb}`, `"${verb}"`, '0']),
  ['with a verb that is a list', '["call"]', '0'],
  ['with no verb', 'None', '0'],
  ['to wait for nothing', '"wait"', '[]'],
  ['to wait for what is no list', '"wait"', '5'],
  ['to wait for very many', '"wait"', 'list(range(100000))'],
  ['for a name of the program', '"run"', '"f"'],
  ['for a name of the tests', '"get"', '"__builtins__"'],
];

export const forgedAsks: readonly (readonly [string, string])[] = asks.map(
  ([what, verb, of, args]): [string, string] => [what, asking(verb, of, args)],
);

const frames = (body: string): string => `${raw}\n${body}`;
const inCall = (body: string): string =>
  frames(`def f(*args):\n    at = number()\n    ${body.replaceAll('\n', '\n    ')}`);
const bytesOfValue = (value: string): string =>
  inCall(
    `send_bytes(b'{"number": %d, "value": ' % at + ${value} + b"}")\nwhile True: receive(), os._exit(0)`,
  );

/** What else may be done to a channel, and what may come of it. */
export const rawConversations: readonly (readonly [string, string, readonly Status[]])[] = [
  [
    'answer twice',
    inCall('send({"value": 5}, at)\nsend({"value": 5}, at)\nreturn 5'),
    ['tampered'],
  ],
  [
    'answer before they are asked',
    frames('send({"value": 5}, 0)\ndef f(*args): return 5'),
    ['tampered'],
  ],
  ['answer with another number', inCall('send({"value": 5}, at + 1)\nreturn 5'), ['tampered']],
  [
    'answer what they ask themselves',
    inCall('send({"ask": "call", "of": 0, "args": [1]}, at)\nsend({"value": 5}, at)\nreturn 5'),
    ['tampered'],
  ],
  [
    'answer from a thread at any time',
    frames(
      'def go():\n    while True: send({"value": 5}, 0)\nthreading.Thread(target=go, daemon=True).start()\ndef f(*args): return 5',
    ),
    ['tampered', 'crashed', 'timedOut'],
  ],
  ['send numbers', inCall('send_bytes(b"5")\nreturn 5'), ['tampered']],
  ['send nothing, as a message', inCall('send_bytes(b"")\nreturn 5'), ['tampered']],
  ['send an object that says nothing', inCall('send({}, at)\nreturn 5'), ['tampered']],
  ['send what is no text', inCall('send_bytes(b"\\xff" * 9)\nreturn 5'), ['tampered']],
  ['send no number', inCall('send_bytes(b\'{"value": 5}\')\nreturn 5'), ['tampered']],
  ['announce more than any message holds', inCall('write(b"\\xff" * 4)\nreturn 5'), ['tampered']],
  [
    'announce much and send nothing',
    inCall('write(struct.pack("!I", 60 << 20))\nwhile True: pass'),
    ['timedOut'],
  ],
  [
    'end in the middle of a message',
    inCall('write(struct.pack("!I", 99) + b"{")\nos._exit(0)'),
    ['crashed'],
  ],
  ['end in the middle of a length', inCall('write(b"\\0")\nos._exit(0)'), ['crashed']],
  ['close the channel', inCall('os.close(4)\nreturn 5'), ['crashed', 'failed']],
  [
    'shut the channel in one direction',
    inCall(
      'import socket\nsocket.socket(fileno=os.dup(4)).shutdown(socket.SHUT_WR)\nwhile True: pass',
    ),
    ['crashed', 'timedOut'],
  ],
  ...[100, 5_000, 11_000, 50_000, 1_000_000].map((depth): [string, string, Status[]] => [
    `nest a value ${String(depth)} times`,
    bytesOfValue(`b"[" * ${String(depth)} + b"]" * ${String(depth)}`),
    ['failed', 'crashed', 'tampered', 'outOfMemory'],
  ]),
  ...['{"$": "tuple", "v": [', '{"$": "mine", "v": 2, "as": "error", "error": {"class": '].map(
    (opening): [string, string, Status[]] => [
      `nest ${opening} without end`,
      bytesOfValue(`b'${opening}' * 200000`),
      ['tampered', 'failed', 'crashed'],
    ],
  ),
  [
    'send causes of causes',
    inCall(
      'error = {"class": {"std": "builtins:ValueError"}, "args": []}\nfor _ in range(900): error = {**error, "__cause__": error} if _ < 9 else {"class": error["class"], "args": [], "__context__": error}\nsend({"raised": error}, at)\nreceive()\nos._exit(0)',
    ),
    ['failed', 'crashed'],
  ],
  [
    'send a number of very many digits',
    bytesOfValue('b"1" * 1000000'),
    ['failed', 'crashed', 'tampered'],
  ],
  [
    'send a list as long as a message may be',
    bytesOfValue('b"[" + b"0," * (30 << 20) + b"0]"'),
    ['failed', 'crashed', 'timedOut', 'outOfMemory'],
  ],
  [
    'send a text as long as a message may be',
    bytesOfValue('b\'"\' + b"a" * (60 << 20) + b\'"\''),
    ['failed', 'crashed', 'timedOut', 'outOfMemory'],
  ],
  [
    'flood the channel and read nothing',
    inCall('while True: send({"value": 5}, at)'),
    ['tampered', 'timedOut'],
  ],
  [
    'ask without end',
    inCall(
      'while True:\n    send({"ask": "call", "of": 0, "args": [1]}, at)\n    at = receive()["number"]',
    ),
    ['timedOut', 'crashed', 'outOfMemory'],
  ],
  [
    'give things without end',
    inCall(
      'n = 2\nwhile True:\n    n += 100\n    send({"ask": "call", "of": 0, "args": [{"$": "mine", "v": i, "as": "nan", "name": ""} for i in range(n - 100, n)]}, at)\n    at = receive()["number"]',
    ),
    ['timedOut', 'crashed', 'outOfMemory'],
  ],
  [
    'call back each question, without end',
    inCall(
      'while True:\n    send({"ask": "call", "of": 0, "args": [1]}, at)\n    told = receive()\n    while "ask" not in told and "raised" not in told:\n        send({"value": [1, 2]}, told["number"])\n        told = receive()\n    at = told["number"]',
    ),
    ['failed', 'timedOut', 'crashed', 'outOfMemory', 'tampered'],
  ],
];
