"""Becomes a command: what the fork server runs where programs are not Python that it has warm.

The payload is one JSON object with `mode`:
    start    {argv, stdin, folder}: becomes the command, reading `stdin`, in that folder
    look     {paths}: tells which of them are there and may be executed
    probe    tries what a hostile program would try, telling what was possible
For commands of any language the bounds are others than for a warm Python: a runtime with a heap of
its own reserves far more addresses than it uses, so written memory is bounded, not addresses.
"""

import json
import os
import resource
import signal
import sys

import processes
from probing import probe

MAX_PROCESSES = 64
# Beside the memory that a job may hold: Node maps 550 MB that it may write, and uses 40 of them. It
# only keeps one process from taking all at once; what is in use is bounded by the fork server, over
# all processes together.
OWN_MB = 1024
NOT_STARTED = 127


def set_limits(_cpu_seconds, memory_mb, file_bytes=processes.MAX_FILE_BYTES, open_files=256):
    processes.limit(resource.RLIMIT_CORE, 0)
    processes.limit(resource.RLIMIT_FSIZE, file_bytes)
    processes.limit(resource.RLIMIT_NOFILE, open_files)
    processes.limit(resource.RLIMIT_DATA, (memory_mb + OWN_MB) * 1024 * 1024)


def run(payload, send, _connection, _following):
    request = json.loads(payload)
    if request["mode"] == "start":
        start(request)

    def tell(kind, **fields):
        send(json.dumps({"kind": kind, **fields}).encode())

    if request["mode"] == "look":
        found = [os.path.isfile(path) and os.access(path, os.X_OK) for path in request["paths"]]
        tell("found", executable=found)
    if request["mode"] == "probe":
        probe(request, tell)


def start(request):
    """Never returns: the process becomes the command, or ends."""
    os.dup2(reading(request["stdin"]), 0)
    # Python ignores these, and what is started would go on ignoring them.
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    os.chdir(request["folder"])
    argv = request["argv"]
    try:
        os.execve(argv[0], argv, os.environ)
    except OSError as error:
        os.write(2, ("%s: %s\n" % (argv[0], error.strerror)).encode())
    os._exit(NOT_STARTED)


def reading(text):
    """A file that holds the text and stands in no folder."""
    path = "/tmp/stdin"
    with open(path, "wb") as file:
        file.write(text.encode("utf-8", "replace"))
    descriptor = os.open(path, os.O_RDONLY)
    os.unlink(path)
    return descriptor


if sys.version_info < (3, 9):
    sys.exit("Python 3.9 or newer is needed")
