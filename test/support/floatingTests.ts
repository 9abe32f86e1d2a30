/** Tests whose failing assertions nothing waits for, and programs that pass and fail them. */
export const floating: readonly (readonly [string, string, string, string])[] = [
  [
    'a call',
    '(async () => { assert.equal(await f(), 1) })()',
    'const f = async () => 1',
    'const f = async () => 2',
  ],
  [
    'then',
    'f().then((v) => { assert.equal(v, 1) })',
    'const f = async () => 1',
    'const f = async () => 2',
  ],
  [
    'each of a list',
    '[1].forEach(async (x) => { assert.equal(await f(), x) })',
    'const f = async () => 1',
    'const f = async () => 2',
  ],
  [
    'rejects',
    'assert.rejects(f(), RangeError)',
    'const f = async () => { throw new RangeError() }',
    'const f = async () => 1',
  ],
  [
    'a timer',
    'setTimeout(() => assert.equal(g, 1), 5); let g = 0; f().then((v) => { g = v })',
    'const f = async () => 1',
    'const f = async () => 2',
  ],
  [
    'a name that is not looked at',
    'const p = f()',
    'const f = async () => 1',
    'const f = async () => { throw new Error("x") }',
  ],
  [
    'then, said to be dropped',
    'void f().then((v) => { assert.equal(v, 1) })',
    'const f = async () => 1',
    'const f = async () => 2',
  ],
  [
    'then within a list',
    '[1].map((x) => f().then((v) => { assert.equal(v, x) }))',
    'const f = async () => 1',
    'const f = async () => 2',
  ],
  [
    'then and finally',
    'f().then((v) => { assert.equal(v, 1) }).finally(() => {})',
    'const f = async () => 1',
    'const f = async () => 2',
  ],
  [
    'all of them',
    'Promise.all([f(), f()]).then(([v]) => { assert.equal(v, 1) })',
    'const f = async () => 1',
    'const f = async () => 2',
  ],
  [
    'an async method',
    'const o = { async check() { assert.equal(await f(), 1) } }; o.check()',
    'const f = async () => 1',
    'const f = async () => 2',
  ],
  [
    'catch that throws again',
    'f().catch((e) => { throw e })',
    'const f = async () => 1',
    'const f = async () => { throw new Error("x") }',
  ],
];
/** Tests that look at a rejection in some way: right programs stay right. */
export const lookedAt: readonly string[] = [
  'const p = f(); try { await p } catch {}',
  'f().catch(() => {})',
  'f().then(() => {}, () => {})',
  'await Promise.allSettled([f(), f()])',
  'await assert.rejects(f); await assert.rejects(() => f())',
  'const p = f(); await assert.rejects(p, /lost/)',
  'const ps = [1, 2].map(async () => { await f() }); for (const p of ps) await assert.rejects(p)',
  'const g = async () => { try { return await f() } catch { return 1 } }; assert.equal(await g(), 1)',
  'await f().then((v) => v).then(() => {}, () => {})',
  'const p = f().then((v) => v); try { await p } catch {}',
  'const g = () => f().then((v) => v); try { await (async () => g())() } catch {}',
  'setInterval(() => {}, 10); await f().catch(() => {})',
  'await Promise.race([f(), Promise.reject(new Error("b"))]).catch(() => {})',
];
