"""Runs a program as Python runs a file: as `__main__`, with stdin, printing, an exit code."""

import atexit
import builtins
import ctypes
import linecache
import os
import sys
import traceback
import types

PATH = "/tmp/main.py"
PR_SET_DUMPABLE = 4


def run_main(request, _tell):
    """Ends the process as Python would: the exit code is that of the program."""
    source = request["program"]
    # What the server hid of itself is not in here any more, and programs open /dev/stdin.
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
    read_from(request["stdin"])
    module = types.ModuleType("__main__")
    module.__builtins__ = builtins
    module.__file__ = PATH
    sys.modules["__main__"] = module
    sys.argv = [PATH]
    linecache.cache[PATH] = (len(source), None, source.splitlines(True), PATH)
    request.clear()
    code = ended(lambda: exec(compile(source, PATH, "exec", dont_inherit=True), module.__dict__))
    # Not loaded ahead: it would do work of its own in every process that is forked.
    threading = sys.modules.get("threading")
    for finish in (threading and threading._shutdown, atexit._run_exitfuncs):
        if finish:
            ended(finish)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            code = code or 120
    os._exit(code)


def read_from(text):
    """Stdin as a file that stands in no folder."""
    path = "/tmp/stdin"
    with open(path, "wb") as file:
        file.write(text.encode("utf-8", "replace"))
    descriptor = os.open(path, os.O_RDONLY)
    os.unlink(path)
    os.dup2(descriptor, 0)
    os.close(descriptor)
    # Closing the old one later must not close what stands in its place.
    sys.__stdin__ = sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)


def ended(action):
    """The exit code that the interpreter would give, with what it would print."""
    try:
        action()
    except SystemExit as error:
        if error.code is None:
            return 0
        if isinstance(error.code, int):
            return error.code & 0xFF
        print(error.code, file=sys.stderr)
        return 1
    except BaseException as error:
        # The frame of this file is no part of the program.
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
            trace = trace.tb_next
        if sys.excepthook is sys.__excepthook__:
            # As that prints it, but with the lines of the program, which stands in no file.
            traceback.print_exception(type(error), error, trace)
        else:
            sys.excepthook(type(error), error.with_traceback(trace), trace)
        return 1
    return 0
