/**
 * A filter of system calls as bubblewrap takes it (`--seccomp`): a classic BPF program that denies
 * what no judged program needs. Null for processors whose call numbers are not listed here.
 */
export function systemCallFilter(processor: string = process.arch): Buffer | null {
  const machine = machines[processor];
  if (!machine) return null;
  const denied = Object.values(machine.denied);
  const instructions: Instruction[] = [
    load(offsets.architecture),
    jump(op.equals, machine.architecture, 1, 0),
    answer(verdicts.kill),
    load(offsets.number),
    ...(machine.foreignFrom === null
      ? []
      : [jump(op.atLeast, machine.foreignFrom, 0, 1), answer(verdicts.kill)]),
    ...denied.flatMap((number) => [jump(op.equals, number, 0, 1), answer(verdicts.notPermitted)]),
    // Limits, priority and processors of others: as an ordinary user the process that serves is
    // of the same user as programs, and what they took from it would be missing to the next one.
    ...Object.values(machine.ofOneself).flatMap((number) => [
      ...[jump(op.equals, number, 0, 4), load(offsets.firstArgument)],
      ...[jump(op.equals, oneself, 1, 0), answer(verdicts.notPermitted)],
      load(offsets.number),
    ]),
    ...[jump(op.equals, machine.setpriority, 0, 6), load(offsets.firstArgument)],
    ...[jump(op.equals, oneProcess, 0, 2), load(offsets.secondArgument)],
    ...[jump(op.equals, oneself, 1, 0), answer(verdicts.notPermitted), load(offsets.number)],
    // Libraries fall back to clone, whose flags can be looked at.
    ...[jump(op.equals, machine.clone3, 0, 1), answer(verdicts.noSuchCall)],
    ...[jump(op.equals, machine.clone, 0, 3), load(offsets.firstArgument)],
    ...[jump(op.hasAny, newNamespaces, 0, 1), answer(verdicts.notPermitted)],
    load(offsets.number),
    // Only the families that stay within a network namespace.
    jump(op.equals, machine.socket, 0, socketFamilies.length + 2),
    load(offsets.firstArgument),
    ...socketFamilies.map((family, place) =>
      jump(op.equals, family, socketFamilies.length - place, 0),
    ),
    answer(verdicts.notPermitted),
    answer(verdicts.allow),
  ];
  return Buffer.concat(instructions.map(encode));
}

interface Instruction {
  readonly code: number;
  readonly ifTrue: number;
  readonly ifFalse: number;
  readonly value: number;
}

const op = { equals: 0x15, atLeast: 0x35, hasAny: 0x45, load: 0x20, answer: 0x06 } as const;
/** Places in the kernel's `seccomp_data`; arguments are 64 bits, of which the low half comes first. */
const offsets = { number: 0, architecture: 4, firstArgument: 16, secondArgument: 24 } as const;
const verdicts = {
  allow: 0x7fff0000,
  kill: 0x80000000,
  notPermitted: 0x00050001,
  noSuchCall: 0x00050026,
} as const;
/** CLONE_NEWNS, CGROUP, UTS, IPC, USER, PID, NET and TIME. */
const newNamespaces = 0x7e020080;
/** Where a call takes the number of a process, its own is 0. */
const oneself = 0;
/** PRIO_PROCESS; a group or a user may hold others. */
const oneProcess = 0;
/** AF_UNIX, AF_INET, AF_INET6. */
const socketFamilies = [1, 2, 10];

interface Machine {
  readonly architecture: number;
  /** Call numbers from here on are of another interface to the same kernel. */
  readonly foreignFrom: number | null;
  readonly clone: number;
  readonly clone3: number;
  readonly socket: number;
  readonly setpriority: number;
  readonly denied: Readonly<Record<string, number>>;
  /** Allowed where the first argument, the number of a process, is one's own. */
  readonly ofOneself: Readonly<Record<string, number>>;
}

/** From the kernel's tables: arch/x86/entry/syscalls/syscall_64.tbl and asm-generic/unistd.h. */
const machines: Readonly<Record<string, Machine>> = {
  x64: {
    architecture: 0xc000003e,
    foreignFrom: 0x40000000,
    clone: 56,
    clone3: 435,
    socket: 41,
    setpriority: 141,
    ofOneself: {
      ...{ sched_setparam: 142, sched_setscheduler: 144, sched_setaffinity: 203 },
      ...{ prlimit64: 302, sched_setattr: 314 },
    },
    denied: {
      ...{ shmget: 29, shmat: 30, shmctl: 31, semget: 64, semop: 65, msgget: 68, msgsnd: 69 },
      ...{ ptrace: 101, syslog: 103, personality: 135, pivot_root: 155, acct: 163, mount: 165 },
      ...{ umount2: 166, swapon: 167, reboot: 169, init_module: 175, quotactl: 179 },
      ...{ mq_open: 240, kexec_load: 246, add_key: 248, request_key: 249, keyctl: 250 },
      ...{
        ioprio_set: 251,
        unshare: 272,
        perf_event_open: 298,
        name_to_handle_at: 303,
        open_by_handle_at: 304,
      },
      ...{ setns: 308, process_vm_readv: 310, process_vm_writev: 311, kcmp: 312 },
      ...{ finit_module: 313, memfd_create: 319, kexec_file_load: 320, bpf: 321 },
      ...{ userfaultfd: 323, io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427 },
      ...{ open_tree: 428, move_mount: 429, fsopen: 430, fsmount: 432, pidfd_getfd: 438 },
      ...{ mount_setattr: 442, memfd_secret: 447 },
    },
  },
  arm64: {
    architecture: 0xc00000b7,
    foreignFrom: null,
    clone: 220,
    clone3: 435,
    socket: 198,
    setpriority: 140,
    ofOneself: {
      ...{ sched_setparam: 118, sched_setscheduler: 119, sched_setaffinity: 122 },
      ...{ prlimit64: 261, sched_setattr: 274 },
    },
    denied: {
      ...{
        ioprio_set: 30,
        umount2: 39,
        mount: 40,
        pivot_root: 41,
        quotactl: 60,
        acct: 89,
        personality: 92,
      },
      ...{ unshare: 97, kexec_load: 104, init_module: 105, syslog: 116, ptrace: 117 },
      ...{ reboot: 142, mq_open: 180, msgget: 186, msgsnd: 189, semget: 190, semop: 193 },
      ...{ shmget: 194, shmctl: 195, shmat: 196, add_key: 217, request_key: 218, keyctl: 219 },
      ...{ swapon: 224, perf_event_open: 241, name_to_handle_at: 264, open_by_handle_at: 265 },
      ...{ setns: 268, process_vm_readv: 270, process_vm_writev: 271, kcmp: 272 },
      ...{ finit_module: 273, memfd_create: 279, bpf: 280, userfaultfd: 282 },
      ...{ kexec_file_load: 294, io_uring_setup: 425, io_uring_enter: 426 },
      ...{ io_uring_register: 427, open_tree: 428, move_mount: 429, fsopen: 430, fsmount: 432 },
      ...{ pidfd_getfd: 438, mount_setattr: 442, memfd_secret: 447 },
    },
  },
};

function load(offset: number): Instruction {
  return { code: op.load, ifTrue: 0, ifFalse: 0, value: offset };
}

/** Skips `ifTrue` or `ifFalse` instructions. */
function jump(code: number, value: number, ifTrue: number, ifFalse: number): Instruction {
  return { code, ifTrue, ifFalse, value };
}

function answer(value: number): Instruction {
  return { code: op.answer, ifTrue: 0, ifFalse: 0, value };
}

/** One `struct sock_filter`, in the order of bytes of both processors. */
function encode({ code, ifTrue, ifFalse, value }: Instruction): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(ifTrue, 2);
  bytes.writeUInt8(ifFalse, 3);
  bytes.writeUInt32LE(value, 4);
  return bytes;
}
