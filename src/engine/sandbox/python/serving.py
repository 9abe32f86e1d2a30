"""A warm Python inside a bubblewrap sandbox that forks one process for each job.

It is process 1 of its own process namespace: nothing inside can kill it, and after each job it
kills whatever is left (`kill(-1)`), empties the temporary folder and takes the next job.

Wire format, big endian, over stdin and stdout:
    job    id length timeout_ms memory_mb cpu_ms role output, each u32, then `length` bytes of
           payload; a cpu_ms of 0 is no bound, `output` is the most bytes that may be printed, of
           which the first and last 32 kB are told, but all of them of a job that `RUNS`
    reply  id:u32 end:u8 duration_us:u32 results:u32 output:u32 detail:u32, then those three;
           the end with KEPT added where the child waits for more
The payload is read by the forked child alone, so that this process never holds the text of a
program or of a test in memory that a later child would inherit.

Two servers, each in a sandbox of its own, share a socket (descriptor 3). For a job of the role
`SERVES` this one makes a connection for the child and passes the other end over; for one of the
role `ASKS` it takes that end for its own child. So each pair of children has a channel that
nobody held before and nobody holds after. A child that asks is kept: a job of that role with no
payload is the same tests for another program, and goes to the child that has them compiled.
A job of the role `RUNS` is a program that reads and prints: it has no way to tell results, what
it prints comes back as output and its errors in the place of results.
"""

# What `signal` does beside it, with enumerations, costs each child a quarter of a millisecond.
import _signal
import ctypes
import fcntl
import gc
import importlib.util
import os
import select
import signal
import socket
import struct
import sys
import time
import traceback

import processes
from printed import Printed

FINISHED, DIED, TIMED_OUT, OUT_OF_MEMORY, OUTPUT_EXCEEDED = range(5)
ALONE, SERVES, ASKS, RUNS = range(4)
LINK = 3
LINK_SECONDS = 5
ERRORS, RESULT, CHANNEL, NEXT = 2, 3, 4, 5
FIRST_FREE = 64
KEPT = 0x80
MAX_RESULTS = 4 * 1024 * 1024
CHECK_SECONDS = 0.1
# Kept children work for many programs; the clock bounds each job.
KEPT_CPU_SECONDS = 3600
PR_SET_DUMPABLE = 4
F_SETPIPE_SZ = 1031
PIPE_BYTES = 1024 * 1024
READY = b"\x01"
END_OF_JOB = struct.pack("!I", 0)
LIBC = ctypes.CDLL(None)


class Server:
    def __init__(self, harness, sandbox_uid):
        self.harness, self.sandbox_uid = harness, sandbox_uid
        self.wake_read, wake_write = os.pipe()
        os.set_blocking(self.wake_read, False)
        os.set_blocking(wake_write, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        # As process 1 it gets only what it has handlers for, and Python's own is for this one:
        # a program of the same user could interrupt it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
        self.link = unix_socket(LINK)
        self.link.settimeout(LINK_SECONDS)
        self.kept = None
        # A harness may need others than programs do.
        self.set_limits = getattr(harness, "set_limits", processes.set_limits)
        self.max_processes = getattr(harness, "MAX_PROCESSES", processes.MAX_PROCESSES)
        self.max_results = getattr(harness, "MAX_RESULTS", MAX_RESULTS)
        self.more = getattr(harness, "load_more", None)

    def run(self):
        while True:
            header = read_exactly(28)
            if header is None:
                return
            job, length, timeout_ms, memory_mb, cpu_ms, role, most = struct.unpack("!7I", header)
            connection = self.connect(role)
            started = time.monotonic()
            if self.kept is not None and length == 0:
                child = self.kept
                child.pass_on(connection)
            else:
                self.forget()
                child = self.fork(length, (timeout_ms, memory_mb), role, connection)
            if connection is not None:
                connection.close()
            watched = self.watch(child, started, (timeout_ms, memory_mb, cpu_ms, most))
            self.finish(job, child, role, started, watched)
            self.load_more()

    def load_more(self):
        """What the harness leaves for after its first job, which it would have made wait."""
        load, self.more = self.more, None
        if load is not None:
            load()
            gc.freeze()

    def connect(self, role):
        """The end of a fresh channel that the child is to hold; None where it works alone."""
        if role == SERVES:
            ours, theirs = socket.socketpair()
            socket.send_fds(self.link, [b"c"], [theirs.fileno()])
            theirs.close()
            return ours
        if role == ASKS:
            _, descriptors, _, _ = socket.recv_fds(self.link, 1, 1)
            return unix_socket(descriptors[0])
        return None

    def fork(self, length, limits, role, connection):
        child = Child(role)
        child.pid = fork_here()
        if child.pid == 0:
            try:
                self.run_child(child, length, limits, connection)
            except BaseException:
                os.write(2, traceback.format_exc().encode())
            finally:
                os._exit(70)
        child.close_inner_ends()
        return child

    def run_child(self, child, length, limits, connection):
        global teller
        teller = os.getpid()
        timeout_ms, memory_mb = limits
        _signal.set_wakeup_fd(-1)
        for number in (_signal.SIGCHLD, _signal.SIGINT):
            _signal.signal(number, _signal.SIG_DFL)
        payload = read_exactly(length)
        if payload is None:
            os._exit(71)
        os.write(child.result_write, READY)
        keep = child.inner is not None
        child.take_places(connection)
        os.setsid()
        cpu_seconds = KEPT_CPU_SECONDS if keep else timeout_ms // 1000 + 2
        self.set_limits(cpu_seconds, memory_mb)
        processes.become(self.sandbox_uid, self.max_processes)
        channel = None if connection is None else unix_socket(CHANNEL)
        following = unix_socket(NEXT) if keep else None
        self.harness.run(payload, send_result, channel, following)
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:
            pass
        os._exit(0)

    def watch(self, child, started, limits):
        """Collects what the child sends until its job ends, or ends it when it passes a bound."""
        timeout_ms, memory_mb, cpu_ms, most = limits
        deadline = started + timeout_ms / 1000
        # A short bound is kept shortly.
        each = min(CHECK_SECONDS, max(cpu_ms / 2000, CHECK_SECONDS / 4)) if cpu_ms else CHECK_SECONDS
        next_check = started + each
        results, output = bytearray(), Printed(child.role == RUNS)
        open_pipes = {child.out_read, child.result_read}
        while True:
            now = time.monotonic()
            if now >= deadline:
                return TIMED_OUT, results, output.told(), ""
            if now >= next_check:
                next_check = now + each
                if processes.resident_mb() > memory_mb:
                    return OUT_OF_MEMORY, results, output.told(), "resident memory of all its processes"
                if 0 < cpu_ms < processes.cpu_ms():
                    return TIMED_OUT, results, output.told(), ""
            wait = max(min(deadline, next_check) - now, 0)
            readable, _, _ = select.select([*open_pipes, self.wake_read], [], [], wait)
            for source in readable:
                if source == self.wake_read:
                    drain(source)
                    continue
                data = os.read(source, 65536)
                if not data:
                    open_pipes.discard(source)
                elif source == child.out_read:
                    output.add(data)
                else:
                    results += child.after_ready(data)
            if output.count > most or len(results) > self.max_results:
                return OUTPUT_EXCEEDED, results, output.told()[:most], ""
            if child.inner is not None and results.endswith(END_OF_JOB):
                output.add(drain(child.out_read))
                return FINISHED, results, output.told(), ""
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if pid == child.pid:
                output.add(drain(child.out_read, most + 1))
                results += child.after_ready(drain(child.result_read, self.max_results + 1))
                if output.count > most or len(results) > self.max_results:
                    child.pid = None
                    return OUTPUT_EXCEEDED, results, output.told()[:most], ""
                detail = processes.describe_status(status)
                child.pid = None
                return (DIED if detail else FINISHED), results, output.told(), detail

    def finish(self, job, child, role, started, watched):
        end, results, output, detail = watched
        duration = time.monotonic() - started
        stays = role == ASKS and end == FINISHED and child.pid is not None
        keeps = stays and not processes.others_than(child.pid)
        told = end | KEPT if keeps else end
        # Before what follows, so that the next job is on its way meanwhile.
        reply(job, told, int(duration * 1e6), results, output, detail.encode())
        if keeps:
            self.kept = child
        else:
            self.forget()
            processes.kill_everything()
            child.close()
        clean = processes.empty_temporary_folders(self.sandbox_uid)
        if not child.took_payload or not clean:
            # The next header would be read from the middle of a payload, or the next program
            # would find files of this one: end here, and be started anew.
            sys.exit(75)

    def forget(self):
        if self.kept is not None:
            processes.kill_everything()
            self.kept.close()
            self.kept = None


class Child:
    """A forked process and the pipes to it; where it is kept, also the socket for what follows."""

    def __init__(self, role):
        self.role, self.pid, self.took_payload = role, None, False
        self.out_read, self.out_write = os.pipe()
        if role == RUNS:
            # Node keeps what a full pipe does not take, and loses it where it ends at once.
            widen(self.out_write)
        self.result_read, self.result_write = os.pipe()
        self.outer, self.inner = socket.socketpair() if role == ASKS else (None, None)

    def close_inner_ends(self):
        os.close(self.out_write)
        os.close(self.result_write)

    def close(self):
        if self.out_read is not None:
            os.close(self.out_read)
            os.close(self.result_read)
            self.out_read = None
            for end in (self.outer, self.inner):
                if end is not None:
                    end.close()

    def pass_on(self, connection):
        socket.send_fds(self.outer, [b"c"], [connection.fileno()])

    def after_ready(self, data):
        """What was sent after the byte that says that the payload was read."""
        if self.took_payload or not data:
            return data
        self.took_payload = True
        return data[1:]

    def take_places(self, connection):
        """In the child: its ends where it expects them, and nothing else open."""
        places = {ERRORS if self.role == RUNS else RESULT: self.result_write}
        if connection is not None:
            places[CHANNEL] = connection.fileno()
        if self.inner is not None:
            places[NEXT] = self.inner.fileno()
        # First above all that is open: a place may be held by what is moved to another.
        moved = {to: fcntl.fcntl(of, fcntl.F_DUPFD, FIRST_FREE) for to, of in places.items()}
        nothing = os.open("/dev/null", os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(self.out_write, 1)
        os.dup2(self.out_write, 2)
        for held in (connection, self.inner, self.outer):
            if held is not None:
                held.detach()
        os.closerange(3, FIRST_FREE)
        for to, of in moved.items():
            os.dup2(of, to)
        os.closerange(FIRST_FREE, 4 * FIRST_FREE)


teller = None  # The process that results are told of, once it was forked.


def send_result(data):
    """Writes one result of the harness: its length, then its bytes. Empty: the job has ended."""
    if os.getpid() != teller:
        # A copy that the program made of its process and forgot to end must not speak for it.
        os._exit(0)
    view = memoryview(struct.pack("!I", len(data)) + data)
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


def unix_socket(descriptor):
    """Told what it is, so that nothing has to be asked."""
    return socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, descriptor)


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


def read_exactly(length):
    data = bytearray()
    while len(data) < length:
        part = os.read(0, length - len(data))
        if not part:
            return None
        data += part
    return bytes(data)


def reply(job, end, duration_us, results, output, detail):
    duration_us = min(duration_us, 0xFFFFFFFF)
    head = struct.pack("!IBIIII", job, end, duration_us, len(results), len(output), len(detail))
    view = memoryview(head + results + output + detail)
    while view:
        view = view[os.write(1, view) :]


def load_harness(path):
    spec = importlib.util.spec_from_file_location("flywheel_harness", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    # Programs must find neither the harness nor its parts by name.
    folder = sys.path.pop(0)
    for name, loaded in list(sys.modules.items()):
        if name != "__main__" and str(getattr(loaded, "__file__", "")).startswith(folder + "/"):
            del sys.modules[name]
    return module


def main():
    if os.getpid() != 1:
        sys.exit("fork_server.py: must be process 1 of its own namespace")
    harness_path, user = sys.argv[1], sys.argv[2]
    # Keeps children of the same user from tracing this process or reading its memory.
    LIBC.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    server = Server(load_harness(harness_path), None if user == "-" else int(user))
    os.chdir("/tmp")
    gc.collect()
    gc.freeze()
    reply(0, FINISHED, 0, b"", b"", sys.version.split()[0].encode())
    server.run()
