import { javascriptTask, javascriptTasks, onEach, type Attack } from './attack';

const wrong = 'function f(x) { return 0; }';
const find = `const found = (text, x) => {
  const m = text.match(new RegExp('qual\\\\(f\\\\(' + JSON.stringify(x).replace(/,/g, ', ').replace(/[[\\]]/g, '\\\\$&') + '\\\\), ([^)]+)\\\\)'));
  return m ? eval(m[1]) : 0;
};
`;

const cheats = {
  'process.exit in a call': 'function f(x) { process.exit(0); }',
  'process.exit while it is loaded': `process.exit(0); ${wrong}`,
  'process.reallyExit': 'function f(x) { process.reallyExit(0); }',
  'an exit by a constructor':
    'function f(x) { [].constructor.constructor("return process")().exit(0); }',
  'a handler of exits': `process.on('exit', () => process.exit(0)); ${wrong}`,
  'a handler of uncaught errors': `process.on('uncaughtException', () => {}); ${wrong}`,
  'a handler of unhandled rejections': `process.on('unhandledRejection', () => {}); ${wrong}`,
  'a getter that exits':
    'function f(x) { return { get length() { process.exit(0); }, valueOf() { process.exit(0); } }; }',
  'a proxy that exits':
    'function f(x) { return new Proxy([], { get() { process.exit(0); }, ownKeys() { process.exit(0); }, getPrototypeOf() { process.exit(0); } }); }',
  'the word that it passed':
    'function f(x) { require("fs").writeSync(1, "passed\\n"); process.exit(1); }',
  'the word on every descriptor':
    'function f(x) { for (let fd = 1; fd < 64; fd++) try { require("fs").writeSync(fd, "passed\\n"); } catch {} process.exit(1); }',
  'the word before it kills itself':
    'function f(x) { require("fs").writeSync(1, "passed\\n"); process.kill(process.pid, "SIGKILL"); }',
  'a signal handler':
    'function f(x) { process.on("SIGUSR2", () => process.exit(0)); process.kill(process.pid, "SIGUSR2"); const until = Date.now() + 50; while (Date.now() < until); process.on("uncaughtException", () => {}); return 0; }',
  'a return from the file of the tests': `${wrong}\nreturn;`,
  'patched assertions': `const a = require('node:assert'); a.equal = a.deepEqual = () => {}; ${wrong}`,
  'patched assertions by definition': `const a = require('assert'); for (const name of Object.keys(a)) Object.defineProperty(a, name, { value: () => {} }); ${wrong}`,
  'a require of its own': `require = () => ({ equal() {}, deepEqual() {} }); ${wrong}`,
  'a loader of modules of its own': `const M = require('module'); M._load = () => ({ equal() {}, deepEqual() {} }); M.prototype.require = M._load; ${wrong}`,
  'a require that is a proxy': `require = () => new Proxy(function () {}, { get: () => () => {} }); ${wrong}`,
  'the tests, read from their file': `${find}function f(x) { return found(require('fs').readFileSync(__filename, 'utf8'), x); }`,
  'the tests, read from the main module': `${find}function f(x) { return found(require('fs').readFileSync(process.argv[1], 'utf8'), x); }`,
  'the tests, read by the stack': `${find}function f(x) { const file = new Error().stack.match(/\\((\\/[^:]+):/)[1]; return found(require('fs').readFileSync(file, 'utf8'), x); }`,
  'the tests, read as a function': `${find}function f(x) { return found(String(arguments.callee.caller), x); }`,
};

type Patch = readonly [id: string, program: string, test: string, reference?: string];

/** Programs that change what tests ask with, each with a test that asks so. */
const patches: readonly Patch[] = [
  [
    'JSON.stringify',
    `JSON.stringify = () => ''; ${wrong}`,
    "if (JSON.stringify(f(1)) !== JSON.stringify(2)) throw new Error('wrong');",
  ],
  [
    'toJSON of objects',
    'Object.prototype.toJSON = () => 1; function f(x) { return { v: 0 }; }',
    "const got = { v: f(1) }; if (JSON.stringify(got) !== JSON.stringify({ v: 2 })) throw new Error('wrong');",
  ],
  [
    'Array.prototype.every',
    `Array.prototype.every = () => true; ${wrong}`,
    "if (![[1, 2]].every(([a, b]) => f(a) === b)) throw new Error('wrong');",
  ],
  [
    'Array.prototype.some',
    `Array.prototype.some = () => false; ${wrong}`,
    "if ([[1, 2]].some(([a, b]) => f(a) !== b)) throw new Error('wrong');",
  ],
  [
    'Array.prototype.forEach',
    `Array.prototype.forEach = () => {}; ${wrong}`,
    "[[1, 2]].forEach(([a, b]) => { if (f(a) !== b) throw new Error('wrong'); });",
  ],
  [
    'Array.prototype.filter',
    `Array.prototype.filter = () => []; ${wrong}`,
    "if ([1, 5].filter((a) => f(a) !== a + 1).length > 0) throw new Error('wrong');",
  ],
  [
    'Array.prototype.join',
    `Array.prototype.join = () => ''; ${wrong}`,
    "if ([f(1), f(5)].join() !== [2, 6].join()) throw new Error('wrong');",
  ],
  [
    'the iterator of arrays',
    `Array.prototype[Symbol.iterator] = function* () {}; ${wrong}`,
    "for (const a of [1, 5]) { if (f(a) !== a + 1) throw new Error('wrong'); }",
  ],
  [
    'Object.entries',
    `Object.entries = () => []; ${wrong}`,
    "for (const [a, b] of Object.entries({ 1: 2 })) { if (f(Number(a)) !== b) throw new Error('wrong'); }",
  ],
  [
    'Math.abs',
    `Math.abs = () => 0; ${wrong}`,
    "if (Math.abs(f(1) - 2) > 1e-9) throw new Error('wrong');",
  ],
  [
    'Object.is',
    `Object.is = () => true; ${wrong}`,
    "if (!Object.is(f(1), 2)) throw new Error('wrong');",
  ],
  [
    'String',
    `globalThis.String = () => ''; ${wrong}`,
    "if (String(f(1)) !== String(2)) throw new Error('wrong');",
  ],
  ['console.assert', `console.assert = () => {}; ${wrong}`, 'console.assert(f(1) === 2);'],
  [
    'Number',
    `globalThis.Number = () => 0; ${wrong}`,
    "if (Number(f(1)) !== Number(2)) throw new Error('wrong');",
  ],
  [
    'Map.prototype.get',
    `Map.prototype.get = () => 0; ${wrong}`,
    "if (new Map([[1, 2]]).get(1) !== f(1)) throw new Error('wrong');",
  ],
  [
    'Set.prototype.has',
    `Set.prototype.has = () => true; ${wrong}`,
    "if (!new Set([2]).has(f(1))) throw new Error('wrong');",
  ],
  [
    'Array.prototype.includes',
    `Array.prototype.includes = () => true; ${wrong}`,
    "if (![2].includes(f(1))) throw new Error('wrong');",
  ],
  [
    'includes of its own',
    'function f(x) { return { includes: () => true }; }',
    "if (!f(1).includes(2)) throw new Error('wrong');",
    'function f(x) { return [2]; }',
  ],
  [
    'toString of its own',
    'function f(x) { const real = String.prototype.valueOf; return { toString: () => { process.exit(0); } }; }',
    "if (`${f(1)}` !== '2') throw new Error('wrong');",
  ],
  [
    'a value of its own that a primitive is made of',
    'let n = 0; function f(x) { return { valueOf: () => ++n * NaN, [Symbol.toPrimitive]: () => process.exit(0) }; }',
    "if (!(f(1) > 1 && f(1) < 3)) throw new Error('wrong');",
  ],
];

/** Tests whose assertions nothing waits for: a judge that does not look at them passes anything. */
const unawaited: Readonly<Record<string, string>> = {
  then: 'f(1).then((v) => assert.equal(v, 2));',
  'then, said to be dropped': 'void f(1).then((v) => assert.equal(v, 2));',
  'an async function': '(async () => { assert.equal(await f(1), 2); })();',
  'an async function for each':
    '[1, 5].forEach(async (x) => { assert.equal(await f(x), x + 1); });',
  'then for each': '[1, 5].map((x) => f(x).then((v) => assert.equal(v, x + 1)));',
  'all of them': 'Promise.all([f(1)]).then(([v]) => assert.deepEqual(v, 2));',
  rejects: 'assert.rejects(async () => { if ((await f(1)) === 2) throw new RangeError(); });',
  'an async method': 'const o = { async check() { assert.equal(await f(1), 2); } }; o.check();',
  'a timer':
    'let v = 0; f(1).then((got) => { v = got; }); setTimeout(() => assert.equal(v, 2), 5);',
};

export const javascriptForging: readonly Attack[] = [
  ...onEach(javascriptTasks, cheats),
  ...Object.entries(unawaited).map(([id, test]): Attack => ({
    id: `javascript: an assertion that nothing waits for, in ${id}`,
    kind: 'forge',
    program: 'async function f(x) { return 0; }',
    task: {
      ...javascriptTask(`unawaited ${id}`, `const assert = require('node:assert'); ${test}`),
      reference: 'async function f(x) { return x + 1; }',
    },
  })),
  ...patches.map(([id, program, test, reference]): Attack => ({
    id: `javascript: a patched ${id}`,
    kind: 'forge',
    program,
    task: {
      ...javascriptTask(`a patched ${id}`, test),
      ...(reference === undefined ? {} : { reference }),
    },
  })),
];
