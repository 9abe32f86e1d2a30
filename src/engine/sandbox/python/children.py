"""The process of one job: what it holds open where, and what it does before its harness runs.

Everything is put in its place by the server before it forks: what is done in the child is paid for
with a copy of each page of memory that it touches.
"""

# What `signal` does beside it, with enumerations, costs each child a quarter of a millisecond.
import _signal
import ctypes
import fcntl
import os
import struct
import sys

import processes
from sockets import pair, pass_descriptor, unix_socket

ALONE, SERVES, ASKS, RUNS, LOADS = range(5)
# Where a child finds what it holds open.
NOTHING, OUTPUT, ERRORS, RESULT, CHANNEL, NEXT = range(6)
# Behind what a child of each role has.
FIRST_FREE = {ALONE: RESULT + 1, SERVES: CHANNEL + 1, ASKS: NEXT + 1, RUNS: ERRORS + 1}
# No descriptor of the server is above it.
LAST_OPEN = 256
# Kept children work for many programs; the clock bounds each job.
KEPT_CPU_SECONDS = 3600
F_SETPIPE_SZ = 1031
PIPE_BYTES = 1024 * 1024
TAKEN = b"\x01"
LIBC = ctypes.CDLL(None)


class Own:
    """What the server itself holds open, moved away from the places of its children."""

    def __init__(self):
        behind = NEXT + 1
        jobs, replies, errors, link = 0, 1, 2, 3
        self.jobs, self.replies, self.errors, self.link = (
            fcntl.fcntl(of, fcntl.F_DUPFD_CLOEXEC, behind) for of in (jobs, replies, errors, link)
        )
        nothing = os.open("/dev/null", os.O_RDWR)
        self.nothing = fcntl.fcntl(nothing, fcntl.F_DUPFD_CLOEXEC, behind)
        for place in range(behind):
            if place != ERRORS:
                os.dup2(self.nothing, place)
        # A child tells here that it has read its payload.
        self.taken, self.tell_taken = os.pipe()
        os.set_blocking(self.taken, False)


class Child:
    """A forked process and the pipes to it; where it is kept, also the socket for what follows."""

    def __init__(self, role, connection, own):
        """Puts what the child is to hold in its places; `fork` frees them again."""
        self.role, self.own, self.pid, self.taken = role, own, None, False
        self.out_read, out_write = os.pipe()
        if role == RUNS:
            # Node keeps what a full pipe does not take, and loses it where it ends at once.
            widen(out_write)
        self.result_read, result_write = os.pipe()
        os.dup2(out_write, OUTPUT)
        os.dup2(result_write if role == RUNS else out_write, ERRORS)
        os.dup2(result_write, RESULT)
        os.close(out_write)
        os.close(result_write)
        if connection is not None:
            os.dup2(connection, CHANNEL)
        self.outer = None
        if role == ASKS:
            self.outer, inner = pair()
            os.dup2(inner.fileno(), NEXT)
            inner.close()

    def fork(self, server, length, limits):
        self.pid = fork_here()
        if self.pid == 0:
            self.become(server, length, limits)
        for place in (OUTPUT, RESULT, CHANNEL, NEXT):
            os.dup2(self.own.nothing, place)
        os.dup2(self.own.errors, ERRORS)

    def become(self, server, length, limits):
        """In the child: runs the job, and never returns."""
        try:
            self.run(server, length, limits)
        except BaseException:
            # Loaded only where something is to be told.
            import traceback

            os.write(ERRORS, traceback.format_exc().encode())
        finally:
            os._exit(70)

    def run(self, server, length, limits):
        global teller
        teller = os.getpid()
        timeout_ms, memory_mb = limits
        _signal.set_wakeup_fd(-1)
        for number in (_signal.SIGCHLD, _signal.SIGINT):
            _signal.signal(number, _signal.SIG_DFL)
        payload = read_exactly(self.own.jobs, length)
        if payload is None:
            os._exit(71)
        os.write(self.own.tell_taken, TAKEN)
        os.closerange(FIRST_FREE[self.role], LAST_OPEN)
        os.setsid()
        keep = self.role == ASKS
        server.set_limits(KEPT_CPU_SECONDS if keep else timeout_ms // 1000 + 2, memory_mb)
        processes.become(server.sandbox_uid, server.max_processes)
        channel = unix_socket(CHANNEL) if self.role in (SERVES, ASKS) else None
        following = unix_socket(NEXT) if keep else None
        server.harness.run(payload, send_results, channel, following)
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:
            pass
        os._exit(0)

    def pass_on(self, connection):
        pass_descriptor(self.outer, connection)

    def has_taken(self):
        """Whether it has read its payload, and so the next job begins where it should."""
        self.taken = self.taken or drain(self.own.taken) == TAKEN
        return self.taken

    def is_alone(self):
        """Nothing else runs here that the tests might have started."""
        return processes.newest() == self.pid or not processes.others_than(self.pid)

    def close(self):
        if self.out_read is not None:
            os.close(self.out_read)
            os.close(self.result_read)
            self.out_read = None
            if self.outer is not None:
                self.outer.close()


teller = None  # The process that results are told of, once it was forked.


def send_results(*results):
    """Writes results of the harness, each after its length. An empty one: the job has ended."""
    if os.getpid() != teller:
        # A copy that the program made of its process and forgot to end must not speak for it.
        os._exit(0)
    if not results:
        return
    view = memoryview(b"".join([struct.pack("!I", len(data)) + data for data in results]))
    while view:
        view = view[os.write(RESULT, view) :]


def fork_here():
    """A child that begins on this processor, whose caches hold what it has of this process.

    Elsewhere its first steps cost a tenth more. It may go on anywhere, as may this process.
    """
    anywhere = os.sched_getaffinity(0)
    bind_to({LIBC.sched_getcpu()})
    pid = os.fork()
    bind_to(anywhere)
    return pid


def bind_to(processors):
    try:
        os.sched_setaffinity(0, processors)
    except OSError:
        pass  # Where it may not be chosen, the kernel chooses.


def widen(pipe):
    try:
        fcntl.fcntl(pipe, F_SETPIPE_SZ, PIPE_BYTES)
    except OSError:
        pass


def drain(source, most=65536):
    os.set_blocking(source, False)
    data = bytearray()
    try:
        while len(data) < most:
            part = os.read(source, 65536)
            if not part:
                break
            data += part
    except BlockingIOError:
        pass
    return bytes(data)


def read_exactly(source, length):
    data = bytearray()
    while len(data) < length:
        part = os.read(source, length - len(data))
        if not part:
            return None
        data += part
    return bytes(data)
