'use strict';
// `node:test` as tests that are judged find it: what they declare runs at the end of their script,
// in order, and the first failure is the script's. Node's own would report on the output.
let root = newGroup(null);
let current = root;

function newGroup(parent) {
  return { parent, before: [], beforeEach: [], afterEach: [], after: [], items: [] };
}

function parse(args) {
  const body = args.findLast((arg) => typeof arg === 'function');
  const options = args.find((arg) => typeof arg === 'object' && arg !== null) ?? {};
  return { body, isSkipped: Boolean(options.skip) || Boolean(options.todo) };
}

function test(...args) {
  const { body, isSkipped } = parse(args);
  if (!body || isSkipped) return Promise.resolve();
  // Inside a running test there is nothing to wait for: it runs at once.
  if (current === null) return runTest(body, null);
  current.items.push({ body });
  return Promise.resolve();
}

function describe(...args) {
  const { body, isSkipped } = parse(args);
  if (!body || isSkipped || current === null) return;
  const group = newGroup(current);
  current.items.push({ group });
  current = group;
  try {
    const pending = body();
    if (typeof pending?.then === 'function') group.before.push(() => pending);
  } finally {
    current = group.parent;
  }
}

const hook = (name) => (body) => void (current ?? root)[name].push(body);
const skip = () => Promise.resolve();
for (const declare of [test, describe]) {
  Object.assign(declare, { skip, todo: skip, only: declare });
}
const hooks = Object.fromEntries(
  ['before', 'beforeEach', 'afterEach', 'after'].map((name) => [name, hook(name)]),
);
const api = Object.assign((...args) => test(...args), test, {
  ...{ default: test, test, it: test, describe, suite: describe, ...hooks },
  get mock() {
    return require('node:test').mock;
  },
});

/** Runs what was declared since the last time. Throws what the first failing one threw. */
async function runAll() {
  const group = root;
  root = current = newGroup(null);
  if (group.items.length === 0) return;
  current = null;
  try {
    await runGroup(group);
  } finally {
    current = root;
  }
}

async function runGroup(group) {
  for (const action of group.before) await action();
  for (const item of group.items) {
    if (item.group) await runGroup(item.group);
    else await runTest(item.body, group);
  }
  for (const action of group.after) await action();
}

async function runTest(body, group) {
  const groups = [];
  for (let at = group; at; at = at.parent) groups.unshift(at);
  for (const { beforeEach } of groups) for (const action of beforeEach) await action();
  const cleanUp = [];
  const context = {
    test,
    mock: api.mock,
    after: (action) => cleanUp.push(action),
    diagnostic() {},
  };
  try {
    if (body.length < 2) await body(context);
    else {
      await new Promise((resolve, reject) => {
        body(context, (error) => (error ? reject(error) : resolve()));
      });
    }
  } finally {
    for (const action of cleanUp) await action();
    for (const { afterEach } of groups.toReversed()) {
      for (const action of afterEach) await action();
    }
  }
}

module.exports = { api, runAll };
