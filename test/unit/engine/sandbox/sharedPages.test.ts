import assert from 'node:assert/strict';
import path from 'node:path';
import { execa } from 'execa';
import { findPython } from '../../../../src/engine/sandbox/python/findPython';
import { assetsFolder } from '../../../support/assets';

/** Page faults of a forked process that touches Python's code, before and after it is shared. */
const counting = `
import os, resource, sys
sys.path.insert(0, sys.argv[1])
import pages

def faults():
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        compile("def f(x):\\n    return [x for _ in range(3)]", "p", "exec")
        os.write(writing, str(resource.getrusage(resource.RUSAGE_SELF).ru_minflt).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    return int(os.read(reading, 100))

faults()
before = faults()
if sys.argv[2] == "forbidden":
    pages.LIBC = type("Libc", (), {"mprotect": lambda *_: -1})

def protections():
    # Each with its file: the kernel may join or part what lies side by side.
    with open("/proc/self/maps") as maps:
        return {(line.split()[1], line.split()[5]) for line in maps if "/" in line}

allowed = protections()
pages.share_code()
print(before, faults(), protections() == allowed)
`;

async function counted(how: string): Promise<[number, number, string]> {
  const python = await findPython();
  assert.ok(python, 'Python is there');
  const folder = path.join(assetsFolder, 'python');
  const { stdout } = await execa(python.executable, [
    '-I',
    '-S',
    '-B',
    '-c',
    counting,
    folder,
    how,
  ]);
  const [before, after, same] = stdout.split(' ');
  return [Number(before), Number(after), same ?? ''];
}

describe('the code of Python in forked processes', function () {
  if (process.platform !== 'linux') return;

  it('is there without a page fault once it is shared, and may be written to by nobody', async () => {
    const [before, after, protections] = await counted('allowed');
    assert.ok(after < before, `${String(after)} of ${String(before)} page faults are left`);
    assert.equal(protections, 'True');
  });

  it('stays as it is where sharing it is forbidden', async () => {
    const [, , protections] = await counted('forbidden');
    assert.equal(protections, 'True');
  });
});
