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
it prints comes back as output and its errors in the place of results. A job of the role `LOADS`
is for the server itself: its payload is names of modules to load for all that it forks later.
"""

import ctypes
import gc
import os
import select
import signal
import struct
import sys
import time

import children
import processes
from children import ASKS, LOADS, RUNS, SERVES, Child, drain, read_exactly
from pages import share_code
from printed import Printed
from sockets import pair, pass_descriptor, take_descriptor, unix_socket

FINISHED, DIED, TIMED_OUT, OUT_OF_MEMORY, OUTPUT_EXCEEDED = range(5)
LINK_SECONDS = 5
KEPT = 0x80
MAX_RESULTS = 4 * 1024 * 1024
CHECK_SECONDS = 0.1
PR_SET_DUMPABLE = 4
END_OF_JOB = struct.pack("!I", 0)
LIBC = ctypes.CDLL(None)


class Server:
    def __init__(self, harness, sandbox_uid, own):
        self.harness, self.sandbox_uid, self.own = harness, sandbox_uid, own
        self.wake_read, wake_write = os.pipe()
        os.set_blocking(self.wake_read, False)
        os.set_blocking(wake_write, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        # As process 1 it gets only what it has handlers for, and Python's own is for this one:
        # a program of the same user could interrupt it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
        self.link = unix_socket(own.link)
        self.link.settimeout(LINK_SECONDS)
        self.kept = None
        # A harness may need others than programs do.
        self.set_limits = getattr(harness, "set_limits", processes.set_limits)
        self.max_processes = getattr(harness, "MAX_PROCESSES", processes.MAX_PROCESSES)
        self.max_results = getattr(harness, "MAX_RESULTS", MAX_RESULTS)

    def run(self):
        while True:
            header = read_exactly(self.own.jobs, 28)
            if header is None:
                return
            job, length, timeout_ms, memory_mb, cpu_ms, role, most = struct.unpack("!7I", header)
            if role == LOADS:
                self.load(job, read_exactly(self.own.jobs, length))
                continue
            connection = self.connect(role)
            started = time.monotonic()
            if self.kept is not None and length == 0:
                child = self.kept
                child.pass_on(connection)
            else:
                self.forget()
                child = Child(role, connection, self.own)
                child.fork(self, length, (timeout_ms, memory_mb))
            if connection is not None:
                os.close(connection)
            watched = self.watch(child, started, (timeout_ms, memory_mb, cpu_ms, most))
            self.finish(job, child, role, started, watched)

    def load(self, job, names):
        """Modules of the library that programs import again and again."""
        for name in names.decode().split():
            try:
                __import__(name)
            except Exception:
                pass  # This Python may be without it.
        gc.freeze()
        reply(self.own.replies, job, FINISHED, 0, (b"", b"", b""))

    def connect(self, role):
        """The end of a fresh channel that the child is to hold; None where it works alone."""
        if role == SERVES:
            ours, theirs = pair()
            pass_descriptor(self.link, theirs.fileno())
            theirs.close()
            return ours.detach()
        if role == ASKS:
            return take_descriptor(self.link)
        return None

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
                    results += data
            if output.count > most or len(results) > self.max_results:
                return OUTPUT_EXCEEDED, results, output.told()[:most], ""
            if child.outer is not None and results.endswith(END_OF_JOB):
                output.add(drain(child.out_read))
                return FINISHED, results, output.told(), ""
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if pid == child.pid:
                output.add(drain(child.out_read, most + 1))
                results += drain(child.result_read, self.max_results + 1)
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
        keeps = stays and child.is_alone()
        told = end | KEPT if keeps else end
        # Before what follows, so that the next job is on its way meanwhile.
        reply(self.own.replies, job, told, duration, (results, output, detail.encode()))
        if keeps:
            self.kept = child
        else:
            self.forget()
            processes.kill_everything()
            child.close()
        clean = processes.empty_temporary_folders(self.sandbox_uid)
        if not child.has_taken() or not clean:
            # The next header would be read from the middle of a payload, or the next program
            # would find files of this one: end here, and be started anew.
            sys.exit(75)

    def forget(self):
        if self.kept is not None:
            processes.kill_everything()
            self.kept.close()
            self.kept = None


def reply(replies, job, end, seconds, parts):
    duration_us = min(int(seconds * 1e6), 0xFFFFFFFF)
    head = struct.pack("!IBIIII", job, end, duration_us, *map(len, parts))
    view = memoryview(head + b"".join(parts))
    while view:
        view = view[os.write(replies, view) :]


def load_harness(path):
    module = __import__(os.path.basename(path)[: -len(".py")])
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
    own = children.Own()
    try:
        serve(own, load_harness(harness_path), None if user == "-" else int(user))
    finally:
        # Where Python tells of what ended it.
        os.dup2(own.errors, children.ERRORS)


def serve(own, harness, sandbox_uid):
    server = Server(harness, sandbox_uid, own)
    os.chdir("/tmp")
    share_code()
    gc.collect()
    gc.freeze()
    reply(own.replies, 0, FINISHED, 0, (b"", b"", sys.version.split()[0].encode()))
    server.run()
