import assert from 'node:assert/strict';
import fc from 'fast-check';
import { systemCallFilter } from '../../../../src/engine/sandbox/python/systemCalls';

const allowed = 0x7fff0000;
const notPermitted = 0x00050001;
const noSuchCall = 0x00050026;
const killed = 0x80000000;
const x64 = 0xc000003e;
const arm64 = 0xc00000b7;

interface Call {
  readonly number: number;
  readonly architecture: number;
  readonly argument?: number;
  readonly second?: number;
}

/** What the kernel would answer: the few instructions of classic BPF that the filter uses. */
function answer(filter: Buffer, call: Call): number {
  const { number, architecture, argument = 0, second = 0 } = call;
  const data = new Map([
    [0, number],
    [4, architecture],
    [16, argument],
    [24, second],
  ]);
  let value = 0;
  for (let at = 0; at < filter.length / 8; at++) {
    const code = filter.readUInt16LE(at * 8);
    const operand = filter.readUInt32LE(at * 8 + 4);
    const skip = (holds: boolean): number => filter.readUInt8(at * 8 + (holds ? 2 : 3));
    if (code === 0x06) return operand;
    if (code === 0x20) value = data.get(operand) ?? 0;
    else if (code === 0x15) at += skip(value === operand);
    else if (code === 0x35) at += skip(value >= operand);
    else if (code === 0x45) at += skip((value & operand) !== 0);
    else throw new Error(`instruction ${String(code)}`);
  }
  throw new Error('the filter ends without an answer');
}

describe('the filter of system calls', () => {
  const machines = [
    [
      'x64',
      x64,
      {
        unshare: 272,
        memfd: 319,
        ptrace: 101,
        clone: 56,
        clone3: 435,
        socket: 41,
        read: 0,
        prlimit: 302,
        affinity: 203,
        setpriority: 141,
      },
    ],
    [
      'arm64',
      arm64,
      {
        unshare: 97,
        memfd: 279,
        ptrace: 117,
        clone: 220,
        clone3: 435,
        socket: 198,
        read: 63,
        prlimit: 261,
        affinity: 122,
        setpriority: 140,
      },
    ],
  ] as const;
  for (const [processor, architecture, calls] of machines) {
    const filter = systemCallFilter(processor) ?? Buffer.alloc(0);
    const of = (number: number, argument?: number): number =>
      answer(filter, { number, architecture, ...(argument === undefined ? {} : { argument }) });

    it(`${processor}: denies what no judged program needs and lets the rest through`, () => {
      for (const name of ['unshare', 'memfd', 'ptrace'] as const) {
        assert.equal(of(calls[name]), notPermitted, name);
      }
      assert.equal(of(calls.read), allowed);
      assert.equal(of(calls.clone3), noSuchCall);
    });

    it(`${processor}: lets processes and threads be made, but no namespaces`, () => {
      assert.equal(of(calls.clone, 0x01200011), allowed);
      assert.equal(of(calls.clone, 0x003d0f00), allowed);
      for (const flag of [0x00020000, 0x10000000, 0x20000000, 0x40000000, 0x02000000, 0x80]) {
        assert.equal(of(calls.clone, flag | 17), notPermitted, flag.toString(16));
      }
    });

    it(`${processor}: allows sockets of three families alone`, () => {
      const families = Array.from({ length: 50 }, (_, family) => family);
      assert.deepEqual(
        families.filter((family) => of(calls.socket, family) === allowed),
        [1, 2, 10],
      );
    });

    it(`${processor}: lets a process change its own limits and priority, and nobody else's`, () => {
      for (const name of ['prlimit', 'affinity'] as const) {
        assert.equal(of(calls[name], 0), allowed, name);
        assert.equal(of(calls[name], 1), notPermitted, name);
      }
      const setpriority = (argument: number, second: number): number =>
        answer(filter, { number: calls.setpriority, architecture, argument, second });
      assert.equal(setpriority(0, 0), allowed);
      for (const [which, who] of [
        [0, 1],
        [1, 0],
        [2, 0],
        [2, 1000],
      ] as const) {
        assert.equal(setpriority(which, who), notPermitted);
      }
    });

    it(`${processor}: ends whoever speaks for another processor, and always answers`, () => {
      fc.assert(
        fc.property(fc.nat(2000), fc.nat(), (number, other) => {
          fc.pre(other !== architecture);
          assert.equal(answer(filter, { number, architecture: other }), killed);
          assert.ok([allowed, notPermitted, noSuchCall].includes(of(number)));
        }),
      );
    });
  }

  it('x64: ends calls by the numbers of x32', () => {
    const filter = systemCallFilter('x64') ?? Buffer.alloc(0);
    assert.equal(answer(filter, { number: 0x40000000 + 1, architecture: x64 }), killed);
  });

  it('is none for a processor that it does not know', () => {
    assert.equal(systemCallFilter('mips'), null);
  });
});
