import { javascriptTasks, type Attack, type AttackKind, type AttackTask } from './attack';
import type { Planted } from './planted';

const [task] = javascriptTasks as readonly [AttackTask];

/** Right only if what it tries does not work. */
function trying(kind: AttackKind, id: string, body: string, more: Partial<Attack> = {}): Attack {
  const program = `function attempt() { ${body} }
function f(x) {
  let got;
  try { got = attempt(); } catch { got = false; }
  return got ? 'reached' : x + 1;
}
`;
  return { id: `javascript: ${id}`, kind, program, task, ...more };
}

export function javascriptEscapes(planted: Planted): Attack[] {
  const file = JSON.stringify(planted.secretFile);
  return [
    trying(
      'escape',
      'asks for the process',
      "return typeof process === 'object' && process.pid > 0;",
    ),
    trying(
      'escape',
      'asks for the process by a constructor',
      "return [].constructor.constructor('return process.pid')() > 0;",
    ),
    trying(
      'escape',
      'asks for the process by a generator',
      "return (function* () {}).constructor('return process.pid')().next().value > 0;",
    ),
    trying(
      'escape',
      'asks for the process by an error',
      'let got; const before = Error.prepareStackTrace; Error.prepareStackTrace = (e, frames) => { got = frames[0].getThis ? globalThis.process : undefined; return ""; }; new Error().stack; Error.prepareStackTrace = before; return got;',
    ),
    trying(
      'escape',
      'starts a process',
      "return require('child_process').execFileSync('true') !== undefined;",
    ),
    trying(
      'escape',
      'starts a thread',
      "return new (require('worker_threads').Worker)('0', { eval: true });",
    ),
    trying('escape', 'asks for bindings', "return process.binding('fs');"),
    trying(
      'escape',
      'evaluates in the realm of its host',
      "return require('vm').runInThisContext('process.pid') > 0;",
    ),
    trying('escape', 'asks for the network', "return typeof fetch === 'function';"),
    trying(
      'escape',
      'writes a file of the machine',
      `require('fs').writeFileSync(${JSON.stringify(planted.writableFile)}, 'x'); return true;`,
    ),
    trying(
      'observe',
      'reads a file of the machine',
      `return require('fs').readFileSync(${file}, 'utf8');`,
    ),
    trying('observe', 'reads variables of its parent', 'return process.env.FLYWHEEL_PLANTED;'),
    trying(
      'observe',
      'finds its caller',
      'return attempt.caller !== null && attempt.caller.caller !== undefined && String(attempt.caller.caller).includes("assert");',
    ),
  ];
}

export const javascriptExhausting: readonly Attack[] = [
  trying(
    'exhaust',
    'takes a gigabyte of memory',
    'const kept = []; for (let n = 0; n < 64; n++) kept.push(new Uint8Array(1 << 24).fill(1)); return true;',
  ),
  trying(
    'exhaust',
    'prints 6 MB',
    'for (let n = 0; n < 6000; n++) console.log("x".repeat(1000)); return false;',
    { ends: ['outputExceeded'] },
  ),
  trying(
    'exhaust',
    'works longer than it may',
    'const until = Date.now() + 3000; while (Date.now() < until); return false;',
    { ends: ['timedOut'] },
  ),
  trying(
    'exhaust',
    'catches whatever would end it',
    'const until = Date.now() + 3000; while (Date.now() < until) { try { while (Date.now() < until); } catch {} } return false;',
    { ends: ['timedOut'] },
  ),
];

const leaving = (id: string, leave: string, look: string): Attack => ({
  ...trying('outlive', id, `${leave}; return false;`),
  then: trying('outlive', id, look).program,
});

export const javascriptOutliving: readonly Attack[] = [
  leaving('leaves a global name', 'globalThis.left = 1', 'return "left" in globalThis;'),
  leaving('pollutes the prototype of objects', 'Object.prototype.left = 1', 'return "left" in {};'),
  leaving('pollutes the prototype of arrays', 'Array.prototype.left = 1', 'return "left" in [];'),
  leaving('patches JSON', 'JSON.parse = () => 1', 'return JSON.parse("2") === 1;'),
  leaving(
    'leaves a timer',
    'setTimeout(() => { globalThis.later = 1; }, 0); globalThis.later = 1',
    'return globalThis.later === 1;',
  ),
];
