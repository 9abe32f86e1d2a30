"""A warm Python inside a bubblewrap sandbox that forks one process for each job.

It is process 1 of its own process namespace: nothing inside can kill it, and after each job it
kills whatever is left (`kill(-1)`), empties the temporary folder and takes the next job.

Wire format, big endian, over stdin and stdout:
    job    id:u32 length:u32 timeout_ms:u32 memory_mb:u32 role:u32, then `length` bytes of payload
    reply  id:u32 end:u8 duration_us:u32 results:u32 output:u32 detail:u32, then those three
The payload is read by the forked child alone, so that this process never holds the text of a
program or of a test in memory that a later child would inherit.

Two servers, each in a sandbox of its own, share a socket (descriptor 3). For a job of the role
`SERVES` this one makes a connection for the child and passes the other end over; for one of the
role `ASKS` it takes that end for its own child. So each pair of children has a channel that
nobody held before and nobody holds after.

Usage: fork_server.py HARNESS.py SANDBOX_UID ("-" where the process keeps its user).
"""

import ctypes
import fcntl
import gc
import importlib.util
import os
import resource
import select
import shutil
import signal
import socket
import struct
import sys
import time
import traceback

FINISHED, DIED, TIMED_OUT, OUT_OF_MEMORY, OUTPUT_EXCEEDED = range(5)
ALONE, SERVES, ASKS = range(3)
LINK = 3
LINK_SECONDS = 5
MAX_OUTPUT = 64 * 1024
MAX_RESULTS = 4 * 1024 * 1024
MAX_PROCESSES = 64
MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_OPEN_FILES = 128
MEMORY_CHECK_SECONDS = 0.1
PR_SET_DUMPABLE = 4
READY = b"\x01"


def main():
    if os.getpid() != 1:
        sys.exit("fork_server.py: must be process 1 of its own namespace")
    harness_path, user = sys.argv[1], sys.argv[2]
    sandbox_uid = None if user == "-" else int(user)
    # Keeps children of the same user from tracing this process or reading its memory.
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    harness = load_harness(harness_path)
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_read, False)
    os.set_blocking(wake_write, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    os.chdir("/tmp")
    link = socket.socket(fileno=LINK)
    link.settimeout(LINK_SECONDS)
    gc.collect()
    gc.freeze()
    reply(0, FINISHED, 0, b"", b"", sys.version.split()[0].encode())
    while True:
        header = read_exactly(20)
        if header is None:
            return
        job, length, timeout_ms, memory_mb, role = struct.unpack("!IIIII", header)
        connection = connect(link, role)
        limits = (timeout_ms, memory_mb)
        run_job(harness, job, length, limits, sandbox_uid, wake_read, connection)


def connect(link, role):
    """The end of a fresh channel that the child is to hold; None where it works alone."""
    if role == SERVES:
        ours, theirs = socket.socketpair()
        socket.send_fds(link, [b"c"], [theirs.fileno()])
        theirs.close()
        return ours
    if role == ASKS:
        _, descriptors, _, _ = socket.recv_fds(link, 1, 1)
        return socket.socket(fileno=descriptors[0])
    return None


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


def run_job(harness, job, length, limits, sandbox_uid, wake_read, connection):
    timeout_ms, memory_mb = limits
    out_read, out_write = os.pipe()
    result_read, result_write = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            os.close(out_read)
            os.close(result_read)
            run_child(harness, length, limits, sandbox_uid, (out_write, result_write, connection))
        except BaseException:
            os.write(2, traceback.format_exc().encode())
        finally:
            os._exit(70)
    os.close(out_write)
    os.close(result_write)
    if connection is not None:
        connection.close()
    watched = watch(child, started, timeout_ms, memory_mb, out_read, result_read, wake_read)
    end, results, output, detail, took_payload = watched
    duration = time.monotonic() - started
    kill_everything()
    os.close(out_read)
    os.close(result_read)
    clean = empty_temporary_folder(sandbox_uid)
    reply(job, end, int(duration * 1e6), results, output, detail)
    if not took_payload or not clean:
        # The next header would be read from the middle of a payload, or the next program would
        # find files of this one: end here, and be started anew.
        sys.exit(75)


def watch(child, started, timeout_ms, memory_mb, out_read, result_read, wake_read):
    """Collects what the child sends until it ends, or ends it when it passes a bound."""
    deadline = started + timeout_ms / 1000
    next_memory_check = started + MEMORY_CHECK_SECONDS
    results, output = bytearray(), bytearray()
    took_payload = False
    open_pipes = {out_read, result_read}
    end, detail = None, b""
    while end is None:
        now = time.monotonic()
        if now >= deadline:
            end, detail = TIMED_OUT, b""
            break
        if now >= next_memory_check:
            next_memory_check = now + MEMORY_CHECK_SECONDS
            if resident_mb() > memory_mb:
                end, detail = OUT_OF_MEMORY, b"resident memory of all its processes"
                break
        wait = min(deadline, next_memory_check) - now
        readable, _, _ = select.select([*open_pipes, wake_read], [], [], max(wait, 0))
        for source in readable:
            if source == wake_read:
                drain(wake_read)
                continue
            data = os.read(source, 65536)
            if not data:
                open_pipes.discard(source)
            elif source == out_read:
                output += data
            else:
                if not took_payload:
                    took_payload, data = True, data[1:]
                results += data
        if len(output) > MAX_OUTPUT or len(results) > MAX_RESULTS:
            end = OUTPUT_EXCEEDED
            break
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid == child:
            for source, buffer in ((out_read, output), (result_read, results)):
                rest = drain(source, MAX_RESULTS)
                if source == result_read and rest and not took_payload:
                    took_payload, rest = True, rest[1:]
                buffer += rest
            end, detail = describe(status)
    return end, bytes(results), bytes(output[:MAX_OUTPUT]), detail, took_payload


def describe(status):
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        try:
            return DIED, ("signal " + signal.Signals(number).name).encode()
        except ValueError:
            return DIED, ("signal %d" % number).encode()
    code = os.WEXITSTATUS(status)
    return (FINISHED, b"") if code == 0 else (DIED, ("exit code %d" % code).encode())


def run_child(harness, length, limits, sandbox_uid, ends):
    timeout_ms, memory_mb = limits
    out_write, result_write, connection = ends
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    payload = read_exactly(length)
    if payload is None:
        os._exit(71)
    os.write(result_write, READY)
    nothing = os.open("/dev/null", os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(out_write, 1)
    os.dup2(out_write, 2)
    # Above all that is open: the places 3 and 4 may be held by what is moved there.
    result, channel = fcntl.fcntl(result_write, fcntl.F_DUPFD, 64), None
    if connection is not None:
        channel = fcntl.fcntl(connection.fileno(), fcntl.F_DUPFD, 64)
        connection.detach()
    os.dup2(result, 3)
    if channel is not None:
        os.dup2(channel, 4)
    os.closerange(4 if channel is None else 5, 256)
    os.setsid()
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_FSIZE, MAX_FILE_BYTES)
    limit(resource.RLIMIT_NOFILE, MAX_OPEN_FILES)
    limit(resource.RLIMIT_CPU, timeout_ms // 1000 + 2)
    limit(resource.RLIMIT_AS, (memory_mb + 64) * 1024 * 1024)
    if sandbox_uid is not None:
        os.setgroups([])
        os.setresgid(sandbox_uid, sandbox_uid, sandbox_uid)
        os.setresuid(sandbox_uid, sandbox_uid, sandbox_uid)
    # After the change of user: the kernel counts processes by user, and never bounds root.
    limit(resource.RLIMIT_NPROC, MAX_PROCESSES)
    harness.run(payload, send_result, None if channel is None else socket.socket(fileno=4))
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        pass
    os._exit(0)


def send_result(data):
    """Writes one result of the harness: its length, then its bytes."""
    view = memoryview(struct.pack("!I", len(data)) + data)
    while view:
        view = view[os.write(3, view) :]


def limit(which, value):
    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(which, (value, value))


def resident_mb():
    """Resident memory of every process but this one, without what is mapped from files."""
    pages = 0
    for name in os.listdir("/proc"):
        if name.isdigit() and name != "1":
            try:
                with open("/proc/" + name + "/statm") as file:
                    _, resident, shared = file.read().split()[:3]
                    pages += int(resident) - int(shared)
            except (OSError, ValueError, IndexError):
                pass
    return pages * resource.getpagesize() // (1024 * 1024)


def kill_everything():
    while True:
        try:
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            pass
        try:
            while True:
                os.waitpid(-1, 0)
        except ChildProcessError:
            return


def empty_temporary_folder(sandbox_uid):
    """Removes all files of the last job; False where some would not go."""
    if not os.listdir("/tmp"):
        return True
    cleaner = os.fork()
    if cleaner == 0:
        try:
            signal.alarm(5)
            if sandbox_uid is not None:
                os.setgroups([])
                os.setresgid(sandbox_uid, sandbox_uid, sandbox_uid)
                os.setresuid(sandbox_uid, sandbox_uid, sandbox_uid)
            for name in os.listdir("/tmp"):
                remove(os.path.join("/tmp", name))
        finally:
            os._exit(0)
    os.waitpid(cleaner, 0)
    return not os.listdir("/tmp")


def remove(path):
    def open_up_and_retry(function, name, _error):
        os.chmod(os.path.dirname(name), 0o700)
        if os.path.isdir(name) and not os.path.islink(name):
            os.chmod(name, 0o700)
            shutil.rmtree(name, ignore_errors=True)
        else:
            function(name)

    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path, onerror=open_up_and_retry)
    else:
        os.unlink(path)


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


main()
