// JavaScript programs that need Node's API: how soon a verdict is there while the stock of started
// Nodes keeps up, and programs per second against a fresh `bwrap node`
// for each program, with tests and program in one process.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { JavaScriptJudge } from '../src/engine/judge/javascript/javaScriptJudge';
import { findNode } from '../src/engine/sandbox/node/findNode';
import { NodeSandbox } from '../src/engine/sandbox/node/nodeSandbox';
import { QuickJsSandbox } from '../src/engine/sandbox/quickjs/quickJsSandbox';
import { loadSyntax } from '../src/engine/syntax/parser';
import { compare, oneByOne, workers } from './support/compare';

const source = `const { createHash } = require('node:crypto');
function hash(x) { return createHash('sha1').update(x).digest('hex'); }
`;
const test = {
  id: 't',
  role: 'visible',
  kind: 'assert',
  source: "assert.equal(hash('a').slice(0, 4), '86f7');",
} as const;
const paceMs = 100;
const rounds = 3;
const perRound = 40;

async function main(): Promise<void> {
  const node = await findNode();
  if (!node) throw new Error('there is no Node 22');
  const assetsFolder = path.resolve('dist/assets');
  const quickjs = new QuickJsSandbox({ assetsFolder, workers });
  const sandbox = new NodeSandbox({ assetsFolder, workers });
  const syntax = await loadSyntax(assetsFolder);
  const judge = new JavaScriptJudge(quickjs, syntax, assetsFolder, sandbox);
  const program = { language: 'javascript', source, entryPoint: 'hash' } as const;
  const limits = { timeoutMs: 5000, memoryMb: 256 };
  const never = new AbortController().signal;
  const ours = async (): Promise<boolean> =>
    (await judge.judge(program, [test], limits, never)).status === 'passed';
  const bound = ['--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev', '--tmpfs', '/run'];
  const args = ['--unshare-all', '--die-with-parent', '--clearenv', ...bound, node.executable];
  const script = `const assert = require('node:assert/strict');${source}${test.source}`;
  const theirs = async (): Promise<boolean> =>
    (await execa('bwrap', [...args, '-e', script], { reject: false })).exitCode === 0;

  const latencies: Record<'ours' | 'theirs', number[]> = { ours: [], theirs: [] };
  await ours();
  for (let round = 0; round < rounds; round++) {
    await sleep(5 * paceMs);
    latencies.ours.push(...(await paced(ours)));
    latencies.theirs.push(...(await paced(theirs)));
  }
  console.log(`one each ${String(paceMs)} ms, load ${loadOf()}`);
  tell('Nodes started ahead', latencies.ours);
  tell('bwrap node, each new', latencies.theirs);
  await compare(
    { name: 'Nodes started ahead, tests apart', count: 60, round: oneByOne(60, ours) },
    [{ name: 'bwrap node, each new', count: 60, round: oneByOne(60, theirs) }],
  );
  await Promise.all([sandbox.close(), quickjs.close()]);
}

/** Milliseconds until each verdict, as its caller sees them. */
async function paced(judge: () => Promise<boolean>): Promise<number[]> {
  const times: number[] = [];
  for (let count = 0; count < perRound; count++) {
    const began = performance.now();
    if (!(await judge())) throw new Error('a right program was not judged right');
    times.push(performance.now() - began);
    await sleep(Math.max(0, paceMs - (performance.now() - began)));
  }
  return times;
}

function tell(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  console.log(`${name.padEnd(22)}  p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
}

function loadOf(): string {
  return readFileSync('/proc/loadavg', 'utf8').split(' ')[0] ?? '';
}

void main();
