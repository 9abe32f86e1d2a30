import { execa } from 'execa';
import { findPython } from '../../src/engine/sandbox/python/findPython';

const script = `
import json, sys
asked = json.load(sys.stdin)
sys.stdin = open("/dev/null")
told = []
real, sys.stdout = sys.stdout, open("/dev/null", "w")
names = {"__name__": "program"}
exec(compile(asked["program"], "program.py", "exec"), names)
for test in asked["tests"]:
    try:
        exec(compile(asked["imports"] + test, "test.py", "exec"), names)
        told.append("passed")
    except BaseException as error:
        told.append("failed: %s: %.200r" % (type(error).__name__, error.args))
real.write(json.dumps(told))
`;

/** What plain Python makes of tests of a program, in one process as a person would run them. */
export async function plainPython(
  program: string,
  tests: readonly string[],
  imports = '',
): Promise<string[]> {
  const python = await findPython();
  if (!python) throw new Error('there is no Python 3');
  const input = JSON.stringify({ program, tests, imports });
  const { stdout } = await execa(python.executable, ['-I', '-S', '-B', '-c', script], { input });
  return JSON.parse(stdout) as string[];
}
