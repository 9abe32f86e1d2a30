"""Runs a program and its tests inside the sandbox, in the process that the fork server made.

The payload is one JSON object with `mode`:
    judge     loads the program, runs each test, tells each outcome, all in this process
    screen    the same for many programs, one after another
    serve     loads the program, answers calls of the tests, which run in another process
    check     runs each test, calling the program in the other process, tells each outcome
    coverage  the same, telling which lines of the program each test ran
    record    the same, telling the arguments that the tests gave to the entry point
    main      runs the program as Python runs a file, reading `stdin`; tells nothing
    compile   only reads the program, telling whether it is Python
    outputs   calls the entry point on given arguments, telling what came back
    trace     the same, telling which lines ran, one by one, and what each changed
    probe     tries what a hostile program would try, telling what was possible
Each result is one JSON object that carries the nonce of the payload; the reader drops others.
"""

import builtins
import itertools
import json
import linecache
import sys
import types

# Loaded ahead, so that a forked child finds them warm. Not what does work of its own in every
# process that is forked, as `random` (it seeds itself anew) and `threading` do.
import collections  # noqa: F401
import enum  # noqa: F401
import functools  # noqa: F401
import operator  # noqa: F401
import re  # noqa: F401

from codec import Opaque, decode, encode
from channel import UNASKED, Channel, Gone
from conversation import Remote, serve
from endings import unwanted_by
from main_program import run_main
from probing import probe
from screening import screen
from shadows import has
from sockets import take_descriptor, unix_socket
from testing import PROGRAM, SUPPORT, describe, is_by_program, line_of, run_test
from tracing import trace_tests
from warming import warm_up

MAX_RECORDED_CALLS = 200
MAX_ITEMS = 10_000
# Lines that one test may run while it is watched which ones do.
MAX_LINES_RUN = 20_000
# What counts the turns of loops in a bounded program: see boundLoops.ts.
TURNS = "_flywheel_turns"
END_OF_JOB = b""
# Told together with what follows it: each by itself would wake the server.
WITH_NEXT = ("end", "done")

warm_up()


def run(payload, send, connection, following):
    """Does what the payload asks. `following` brings connections to further programs, if any."""
    request = json.loads(payload)
    request.update(channel=Channel(connection), send=send)
    nonce, held = request["nonce"], []
    # No program runs between the end of a test and what is told next: nothing can be lost.
    with_next = WITH_NEXT if request["mode"] == "check" else ()

    def tell(kind, **fields):
        text = json.dumps({"nonce": nonce, "kind": kind, **fields}, ensure_ascii=True)
        held.append(text.encode())
        if kind not in with_next:
            send(*held)
            held.clear()

    modes = {
        "judge": judge,
        "screen": screen_programs,
        "serve": serve_program,
        "check": check,
        "coverage": coverage,
        "record": record,
        "trace": trace,
        "outputs": outputs,
        "main": run_main,
        "compile": compile_only,
        "probe": probe,
    }
    while True:
        try:
            modes[request["mode"]](request, tell)
        except MemoryError:
            tell("outOfMemory")
        if following is None:
            send(*held)
            return
        request["channel"].close()
        send(*held, END_OF_JOB)
        held.clear()
        descriptor = take_descriptor(following)
        if descriptor is None:
            return
        request["channel"] = Channel(unix_socket(descriptor))


def judge(request, tell):
    names = load(request, tell)
    if names is None:
        return
    for test in request["tests"]:
        tell("begin", id=test["id"])
        tell("end", id=test["id"], **run_test(test, names, request["entryPoint"]))
    tell("done")


def screen_programs(request, tell):
    screen(request, tell, judge_bounded)


def judge_bounded(request, tell):
    """Judges a program whose loops are bounded: each test has all the turns."""
    names = load(request, tell)
    if names is None:
        return
    for test in request["tests"]:
        turns = vars(sys.modules["program"]).get(TURNS)
        if turns is not None:
            turns.left = turns.most
        tell("begin", id=test["id"])
        tell("end", id=test["id"], **run_test(test, names, request["entryPoint"]))
    tell("done")


def serve_program(request, tell):
    names = load_program(request, tell, with_word=False)
    if names is not None:
        # With nothing to tell: that it was loaded shows in its answers. But a copy of itself that
        # it made meanwhile ends here, and does not read what it is asked.
        request["send"]()
        serve(request["channel"], names)


def check(request, tell):
    channel = request["channel"]
    try:
        texts = [request.get("support") or "", *(test["source"] for test in request["tests"])]
        remote = Remote(channel, request["names"], unwanted_by(texts))
    except Gone:
        tell_foul(channel, tell)
        return
    names = load_support(request, LiveNames(remote, request["entryPoint"]), tell)
    if names is None:
        return
    for test in request["tests"]:
        tell("begin", id=test["id"])
        remote.asserted = None
        told = run_test(test, names, request["entryPoint"])
        if channel.is_gone:
            # Whatever the test made of it: without the program nothing was found out.
            tell_foul(channel, tell)
            return
        if told["outcome"] == "passed" and remote.asserted is not None:
            told = {"outcome": "failed", "message": describe(remote.asserted)}
        tell("end", id=test["id"], **told)
    if not channel.is_quiet():
        tell("tampered", message=UNASKED)
    tell("done")


def tell_foul(channel, tell):
    if channel.foul:
        tell("tampered", message=channel.foul)


def coverage(request, tell):
    names = load(request, tell)
    if names is None:
        return
    for test in request["tests"]:
        lines = set()
        left = MAX_LINES_RUN

        def trace(frame, event, _argument):
            nonlocal left
            if frame.f_code.co_filename != PROGRAM:
                return None
            if event == "line":
                lines.add(frame.f_lineno)
                left -= 1
                if left < 0:
                    # What never ends has shown its lines by now; those of the other tests come yet.
                    raise EnoughSeen()
            return trace

        sys.settrace(trace)
        try:
            run_test(test, names, request["entryPoint"])
        finally:
            sys.settrace(None)
        tell("lines", id=test["id"], lines=sorted(lines))
    tell("done")


class EnoughSeen(BaseException):
    """Ends a test while it is watched."""


def trace(request, tell):
    names = load(request, tell)
    if names is None:
        return
    trace_tests(
        request["tests"],
        lambda test: run_test(test, names, request["entryPoint"]),
        lambda test, events, omitted: tell("trace", id=test, events=events, omitted=omitted),
        request["seconds"],
    )
    tell("done")


def record(request, tell):
    names = load(request, tell)
    if names is None:
        return
    entry = request["entryPoint"]
    original = names["__builtins__"].get(entry)
    calls = []

    def recording(*args, **kwargs):
        if len(calls) < MAX_RECORDED_CALLS:
            try:
                calls.append({"args": encode(list(args)), "kwargs": encode(kwargs)})
            except Opaque:
                pass
        return original(*args, **kwargs)

    names[entry] = recording
    for test in request["tests"]:
        run_test(test, names, entry)
    tell("calls", calls=calls)
    tell("done")


def outputs(request, tell):
    names = load(request, tell)
    if names is None:
        return
    function = names["__builtins__"].get(request["entryPoint"])
    for index, call in enumerate(request["inputs"]):
        # No named arguments are written in more than one way.
        args, kwargs = decode(call["args"]), decode(call["kwargs"]) if call["kwargs"] else {}
        try:
            result = function(*args, **kwargs)
            value = encode_outcome(result)
            told = {"value": value, "after": encode([args, kwargs])}
        except Opaque:
            told = {"opaque": True}
        except BaseException as error:
            told = {"raised": type(error).__name__}
        tell("output", index=index, **told)
    tell("done")


def encode_outcome(result):
    """An iterator is told as one, with its items: it equals no list."""
    if not has(type(result), "__next__"):
        return encode(result)
    items = list(itertools.islice(result, MAX_ITEMS + 1))
    if len(items) > MAX_ITEMS:
        # What follows was not seen, so nothing is said of the whole.
        raise Opaque
    return {"$": "iterator", "v": encode(items)}


def load(request, tell):
    """Runs program and support; the names that tests see, or None after telling why not."""
    names = load_program(request, tell)
    return None if names is None else load_support(request, LiveNames(names, request["entryPoint"]), tell)


def compile_only(request, tell):
    if compiled(request, tell) is not None:
        tell("done")


def compiled(request, tell):
    try:
        return compile(request["program"], PROGRAM, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError) as error:
        tell("notCompiled", message=describe(error), line=getattr(error, "lineno", None))
        return None


def load_program(request, tell, with_word=True):
    """Runs the program; its names, which stay those of its module, or None."""
    source = request["program"]
    code = compiled(request, tell)
    if code is None:
        return None
    linecache.cache[PROGRAM] = (len(source), None, source.splitlines(True), PROGRAM)
    module = types.ModuleType("program")
    sys.modules["program"] = module
    try:
        exec(code, module.__dict__)
    except BaseException as error:
        tell("crashed", message=describe(error), line=line_of(error, PROGRAM))
        return None
    if with_word:
        tell("loaded")
    return module.__dict__


def load_support(request, live, tell):
    """The names that tests start from: those of the support code, then `live` ones, then Python's."""
    names = {"__builtins__": live, "__name__": "tests"}
    support = request.get("support") or ""
    if not support.strip():
        return names
    try:
        exec(compile(support, SUPPORT, "exec", dont_inherit=True), names)
    except BaseException as error:
        message = "the support code does not run: " + describe(error)
        if is_by_program(error) or request.get("supportUsesProgram"):
            tell("crashed", message=message, line=None)
        else:
            line = line_of(error, SUPPORT) or getattr(error, "lineno", None)
            tell("unusable", message=message + (" (line %d)" % line if line else ""))
        return None
    return names


class LiveNames(dict):
    """Stands where Python looks last: its own names, then those of the program as they are now.

    A mapping in the place of `__builtins__` is asked for each name that neither the test nor the
    support code has, so that a test sees what the program's functions have changed meanwhile.
    """

    def __init__(self, program, entry_point):
        super().__init__(vars(builtins))
        # What Python itself has stays so for tests, unless it is what they are about.
        self.pop(entry_point, None)
        self.program = program

    def __getitem__(self, name):
        try:
            return super().__getitem__(name)
        except KeyError:
            return self.program[name]

    def get(self, name, default=None):
        try:
            return self[name]
        except KeyError:
            return default
