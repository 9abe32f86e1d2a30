import type { Status } from '../../src/engine/domain/verdict';

/** A C++ program with this body. */
export const cpp = (body: string): string => `#include <cstdio>
#include <cstdlib>
#include <csignal>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
int main() { ${body} }
`;

/** What a hostile program does, and what it may at most end as. None may end as `passed`. */
export const hostileCommands: readonly (readonly [string, string, string, readonly Status[]])[] = [
  ['python', 'never ends', 'while True: pass', ['timedOut']],
  ['python', 'prints without end', 'while True: print("x" * 999)', ['outputExceeded']],
  [
    'python',
    'writes errors without end',
    'import sys\nwhile True: sys.stderr.write("x" * 999)',
    ['outputExceeded'],
  ],
  [
    'python',
    'takes all memory',
    'a = []\nwhile True: a.append(bytearray(1 << 24))',
    ['failed', 'outOfMemory'],
  ],
  [
    'python',
    'forks without end',
    'import os\nwhile True:\n  try: os.fork()\n  except OSError: pass',
    ['timedOut', 'outOfMemory', 'failed'],
  ],
  [
    'python',
    'ends with a code that is not 0 after the right answer',
    'import sys\na, b = map(int, input().split())\nprint(a + b)\nsys.exit(1)',
    ['failed'],
  ],
  [
    'python',
    'kills itself after the right answer',
    'import os\na, b = map(int, input().split())\nprint(a + b, flush=True)\nos.kill(os.getpid(), 9)',
    ['failed'],
  ],
  ['python', 'reads past the end of its input', 'input()\ninput()', ['failed']],
  [
    'python',
    'writes results of a harness',
    'import os, struct, json\ndata = json.dumps({"kind": "done", "nonce": ""}).encode()\nfor n in range(2, 64):\n  try: os.write(n, struct.pack("!I", len(data)) + data)\n  except OSError: pass',
    ['failed'],
  ],
  ['python', 'kills all it can', 'import os\nos.kill(-1, 9)', ['failed', 'crashed']],
  ['python', 'is no Python', 'def f(:', ['notCompiled']],
  ['typescript', 'never ends', 'for (;;) {}', ['timedOut']],
  ['typescript', 'waits for ever', 'setInterval(() => 0, 1e6);', ['timedOut']],
  [
    'typescript',
    'prints without end',
    'for (;;) console.log("x".repeat(999));',
    ['outputExceeded'],
  ],
  [
    'typescript',
    'takes all memory',
    'const a: unknown[] = []; for (;;) a.push(new Uint8Array(1 << 24).fill(1));',
    ['outOfMemory', 'failed'],
  ],
  ['typescript', 'is no TypeScript', 'const a: = 1;', ['notCompiled']],
  ['cpp', 'never ends', cpp('for (;;) {}'), ['timedOut']],
  [
    'cpp',
    'ignores every signal and never ends',
    cpp('for (int n = 1; n < 65; n++) signal(n, SIG_IGN); for (;;) pause();'),
    ['timedOut'],
  ],
  ['cpp', 'stops itself', cpp('raise(SIGSTOP);'), ['timedOut']],
  ['cpp', 'forks without end', cpp('for (;;) fork();'), ['timedOut', 'outOfMemory']],
  [
    'cpp',
    'takes all memory',
    cpp(
      'for (;;) { char *p = (char *)malloc(1 << 24); if (!p) return 1; for (int i = 0; i < 1 << 24; i += 4096) p[i] = 1; }',
    ),
    ['outOfMemory', 'failed'],
  ],
  [
    'cpp',
    'takes all memory in many processes',
    cpp(
      'for (int n = 0; n < 4; n++) fork(); char *p = (char *)malloc(100 << 20); for (int i = 0; i < 100 << 20; i += 4096) p[i] = 1; sleep(9);',
    ),
    ['outOfMemory'],
  ],
  [
    'cpp',
    'takes all memory that is shared',
    cpp(
      'for (;;) { char *p = (char *)mmap(0, 1 << 24, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0); if (p == MAP_FAILED) return 1; for (int i = 0; i < 1 << 24; i += 4096) p[i] = 1; }',
    ),
    ['outOfMemory', 'failed'],
  ],
  [
    'cpp',
    'fills the disk',
    cpp(
      'static char a[1 << 20]; for (int n = 0; n < 999; n++) { char name[99]; snprintf(name, 99, "/tmp/%d", n); FILE *f = fopen(name, "w"); if (!f) return 1; for (int i = 0; i < 99; i++) if (fwrite(a, 1, 1 << 20, f) != 1 << 20) return 1; fclose(f); }',
    ),
    ['failed', 'outOfMemory'],
  ],
  [
    'cpp',
    'prints without end',
    cpp('for (;;) puts("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");'),
    ['outputExceeded'],
  ],
  ['cpp', 'reads memory that is not there', cpp('*(volatile int *)0 = 1;'), ['failed']],
  ['cpp', 'does not compile', 'int main() { return }', ['notCompiled']],
  ['cpp', 'compiles to no program', 'int f() { return 1; }', ['notCompiled']],
  [
    'cpp',
    'includes files of the machine',
    '#include "/etc/passwd"\nint main() {}',
    ['notCompiled'],
  ],
  [
    'cpp',
    'removes what was built of it',
    cpp(
      'if (remove("/work/main") == 0 || rename("/work/main", "/tmp/x") == 0) return 0; int a, b; scanf("%d %d", &a, &b); return 1;',
    ),
    ['failed'],
  ],
  [
    'bash',
    'forks without end',
    'f() { f | f & }; f; sleep 9',
    ['timedOut', 'failed', 'outOfMemory'],
  ],
  [
    'bash',
    'prints the right answer in another way each time',
    'read -r a b; echo $((a + b)) $RANDOM',
    ['failed'],
  ],
  [
    'java',
    'never ends',
    'public class Main { public static void main(String[] a) { for (;;) {} } }',
    ['timedOut'],
  ],
  [
    'java',
    'takes all memory',
    'public class Main { public static void main(String[] a) { java.util.List<byte[]> l = new java.util.ArrayList<>(); for (;;) l.add(new byte[1 << 22]); } }',
    ['failed', 'outOfMemory'],
  ],
];

/** Shell words that tell what they could reach: each must print nothing more than the sum. */
export const reachingWords: readonly (readonly [string, string])[] = [
  ['the home folder', '[ -e PLANTED ] || [ -e /etc/passwd ]'],
  [
    'the network',
    '(echo > /dev/tcp/127.0.0.1/PORT) 2> /dev/null || (echo > /dev/tcp/1.1.1.1/53) 2> /dev/null',
  ],
  [
    'the system',
    'for p in / /usr /dev /work /flywheel /proc/sys/kernel; do (echo > $p/x) 2> /dev/null && echo $p; done; false',
  ],
  [
    'what was built of it',
    'rm -f /work/main.sh 2> /dev/null || chmod 777 /work 2> /dev/null || mv /work/main.sh /tmp 2> /dev/null',
  ],
  [
    'variables of the parent',
    'env | grep -vE "^(PATH|HOME|LANG|LC_CTYPE|PYTHONHASHSEED|TZ|PWD|OLDPWD|SHLVL|_)="',
  ],
  ['files of an earlier run', 'ls -A /tmp /dev/shm | grep -v : | grep .'],
  ['other processes', '[ "$(ls -d /proc/[0-9]* | wc -l)" -gt 5 ]'],
  [
    'the memory of the server',
    '(head -c 1 /proc/1/mem || head -c 1 /proc/1/environ) 2> /dev/null | grep .',
  ],
  ['the rights of root', '[ "$(id -u)" = 0 ]'],
  ['another namespace', 'unshare -U true 2> /dev/null || unshare -r true 2> /dev/null'],
];
