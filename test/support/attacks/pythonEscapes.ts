import { pythonTask, type Attack, type AttackKind } from './attack';
import type { Planted } from './planted';

const task = pythonTask('number', 'assert f(1) == 2', 'assert f(5) == 6');

/** Right only if what it tries does not work. */
function trying(kind: AttackKind, id: string, body: string, more: Partial<Attack> = {}): Attack {
  const lines = body.split('\n').map((line) => `    ${line}`);
  const program = `import ctypes, os, socket, struct, subprocess, sys, time
libc = ctypes.CDLL(None, use_errno=True)
def call(*numbers): return libc.syscall(*[ctypes.c_long(n) for n in numbers])
def connects(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as s:
        s.settimeout(1)
        return s.connect_ex(address) == 0
def attempt():
${lines.join('\n')}
def f(x):
    try: got = attempt()
    except (OSError, MemoryError, RuntimeError): got = False
    return "reached" if got else x + 1
`;
  return { id: `python: ${id}`, kind, program, task, ...more };
}

/** What lies outside: the test plants something in each place that is looked at. */
export function pythonEscapes(planted: Planted): Attack[] {
  return [
    trying(
      'escape',
      'connects to a port of the machine',
      `return connects(socket.AF_INET, ("127.0.0.1", ${planted.port}))`,
    ),
    trying(
      'escape',
      'connects to a socket in a folder',
      `return connects(socket.AF_UNIX, ${JSON.stringify(planted.socketFile)})`,
    ),
    trying(
      'escape',
      'connects to an abstract socket',
      `return connects(socket.AF_UNIX, "\\0" + ${JSON.stringify(planted.abstractName)})`,
    ),
    trying('escape', 'speaks netlink', 'socket.socket(16, socket.SOCK_RAW, 0)\nreturn True'),
    trying(
      'escape',
      'makes a namespace',
      'return call(272, 0x10000000) == 0 or call(272, 0x20000) == 0',
    ),
    trying(
      'escape',
      'reads memory of another process by a call',
      `pid = os.fork()
if pid == 0:
    time.sleep(5)
    os._exit(0)
b = ctypes.create_string_buffer(8)
v = struct.pack("QQ", ctypes.addressof(b), 8)
got = libc.process_vm_readv(pid, v, 1, struct.pack("QQ", ctypes.addressof(b), 8), 1, 0)
os.kill(pid, 9)
os.waitpid(pid, 0)
return got == 8`,
    ),
    trying(
      'escape',
      'traces another process',
      `pid = os.fork()
if pid == 0:
    time.sleep(5)
    os._exit(0)
got = libc.ptrace(16, pid, 0, 0)
os.kill(pid, 9)
return got == 0`,
    ),
    trying(
      'escape',
      'writes a file of the machine',
      `open(${JSON.stringify(planted.writableFile)}, "w").write("x")\nreturn True`,
    ),
    trying(
      'escape',
      'works without a filter of system calls',
      'return "Seccomp:\\t0" in open("/proc/self/status").read()',
    ),
    trying(
      'observe',
      'reads a file of the machine',
      `return open(${JSON.stringify(planted.secretFile)}).read()`,
    ),
    trying('observe', 'reads the list of users', 'return open("/etc/passwd").read()'),
    trying('observe', 'reads variables of its parent', 'return os.environ.get("FLYWHEEL_PLANTED")'),
    trying(
      'observe',
      'sees other processes',
      'return len([n for n in os.listdir("/proc") if n.isdigit()]) > 2',
    ),
  ];
}

/** What takes more than its share, within a bound that harms nothing where no layer stops it. */
export const pythonExhausting: readonly Attack[] = [
  trying(
    'exhaust',
    'forks a hundred processes',
    `made = []
try:
    for _ in range(100):
        pid = os.fork()
        if pid == 0:
            time.sleep(1)
            os._exit(0)
        made.append(pid)
finally:
    for pid in made: os.kill(pid, 9)
return True`,
    { ends: ['passed', 'outOfMemory'] },
  ),
  trying('exhaust', 'takes a gigabyte of memory', 'return len(bytearray(1 << 30)) > 0'),
  trying(
    'exhaust',
    'writes a file of 32 MB',
    'with open("/tmp/flywheel-big", "wb") as file:\n    file.write(bytes(32 << 20))\nos.unlink("/tmp/flywheel-big")\nreturn True',
  ),
  trying(
    'exhaust',
    'opens two hundred files',
    'kept = [os.open("/dev/null", 0) for _ in range(200)]\nreturn True',
  ),
  trying(
    'exhaust',
    'keeps shared memory of System V',
    'number = libc.shmget(0, 4096, 0o1600)\nif number < 0: return False\nlibc.shmctl(number, 0, 0)\nreturn True',
  ),
  trying('exhaust', 'keeps files in memory', 'return os.memfd_create("x") > 0'),
  trying(
    'exhaust',
    'prints 6 MB',
    'for _ in range(60): os.write(1, b"x" * 100_000)\ntime.sleep(0.5)\nreturn False',
    {
      ends: ['outputExceeded'],
    },
  ),
  trying('exhaust', 'sleeps longer than it may', 'time.sleep(3)\nreturn False', {
    ends: ['timedOut'],
  }),
  trying(
    'exhaust',
    'ignores every signal and works on',
    `import signal
for n in range(1, 65):
    try: signal.signal(n, signal.SIG_IGN)
    except (OSError, ValueError): pass
until = time.monotonic() + 3
while time.monotonic() < until: pass
return False`,
    { ends: ['timedOut'] },
  ),
];

const leaving = (id: string, leave: string, look: string): Attack => ({
  ...trying('outlive', id, `${leave}\nreturn False`),
  then: trying('outlive', id, look).program,
});

const daemon = (act: string): string => `if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 64)
        ${act}
        os._exit(0)
    os._exit(0)
time.sleep(0.2)`;

/** What is left for the next program: each is looked for by a second one on the same worker. */
export const pythonOutliving: readonly Attack[] = [
  leaving(
    'leaves a file',
    'open("/tmp/flywheel-left", "w").write("x")',
    'got = os.path.exists("/tmp/flywheel-left")\nif got: os.unlink("/tmp/flywheel-left")\nreturn got',
  ),
  leaving(
    'leaves a file in shared memory',
    'open("/dev/shm/flywheel-left", "w").write("x")',
    'got = os.path.exists("/dev/shm/flywheel-left")\nif got: os.unlink("/dev/shm/flywheel-left")\nreturn got',
  ),
  leaving(
    'takes the temporary folder from others',
    'os.chmod("/dev/shm", 0o555)',
    'return os.stat("/dev/shm").st_mode & 0o777 == 0o555',
  ),
  leaving(
    'marks a folder',
    'os.setxattr("/dev/shm", "user.left", b"x")',
    'return "user.left" in os.listxattr("/dev/shm")',
  ),
  leaving(
    'leaves a daemon',
    daemon('libc.prctl(15, b"flywheel-left", 0, 0, 0)\n        time.sleep(20)'),
    'return any(open("/proc/" + n + "/comm").read().strip() == "flywheel-left" for n in os.listdir("/proc") if n.isdigit())',
  ),
  leaving(
    'leaves a listener',
    daemon(
      's = socket.socket(socket.AF_UNIX); s.bind("\\0flywheel-left"); s.listen(); time.sleep(20)',
    ),
    'return connects(socket.AF_UNIX, "\\0flywheel-left")',
  ),
  leaving(
    'interrupts the process that serves it',
    'import signal\nos.kill(1, signal.SIGINT)\ntime.sleep(0.2)',
    'return False',
  ),
  leaving(
    'slows the process that serves it',
    'os.setpriority(os.PRIO_PROCESS, 1, 19)',
    'return os.getpriority(os.PRIO_PROCESS, 0) > 0',
  ),
  leaving(
    'ties the process that serves it to a processor',
    'os.sched_setaffinity(1, {0})',
    'return len(os.sched_getaffinity(0)) == 1',
  ),
  leaving(
    'takes limits from the process that serves it',
    'import resource\nresource.prlimit(1, resource.RLIMIT_NOFILE, (40, 40))',
    'import resource\nreturn resource.getrlimit(resource.RLIMIT_NOFILE)[1] == 40',
  ),
  leaving(
    'takes file sizes from the process that serves it',
    'import resource\nresource.prlimit(1, resource.RLIMIT_FSIZE, (7, 7))',
    'import resource\nreturn resource.getrlimit(resource.RLIMIT_FSIZE)[1] == 7',
  ),
];
