"""Runs a program and its tests inside the sandbox, in the process that the fork server made.

The payload is one JSON object with `mode`:
    judge     loads the program, runs each test, tells each outcome
    coverage  the same, telling which lines of the program each test ran
    record    the same, telling the arguments that the tests gave to the entry point
    outputs   calls the entry point on given arguments, telling what came back
    probe     tries what a hostile program would try, telling what was possible
Each result is one JSON object that carries the nonce of the payload; the reader drops others.
"""

import ast
import json
import sys
import types

# Loaded ahead, so that a forked child finds them warm.
import bisect  # noqa: F401
import collections  # noqa: F401
import copy  # noqa: F401
import dataclasses  # noqa: F401
import datetime
import decimal
import enum  # noqa: F401
import fractions
import functools  # noqa: F401
import heapq  # noqa: F401
import itertools  # noqa: F401
import math
import operator  # noqa: F401
import random  # noqa: F401
import re  # noqa: F401
import string  # noqa: F401
import textwrap  # noqa: F401
import typing  # noqa: F401
import unittest  # noqa: F401

PROGRAM = "program.py"
MAX_MESSAGE = 2000
MAX_VALUE = 400
MAX_RECORDED_CALLS = 200


def run(payload, send):
    request = json.loads(payload)
    nonce = request["nonce"]

    def tell(kind, **fields):
        text = json.dumps({"nonce": nonce, "kind": kind, **fields}, ensure_ascii=True)
        send(text.encode())

    modes = {
        "judge": judge,
        "coverage": coverage,
        "record": record,
        "outputs": outputs,
        "probe": probe,
    }
    try:
        modes[request["mode"]](request, tell)
    except MemoryError:
        tell("outOfMemory")


def judge(request, tell):
    names = load(request, tell)
    if names is None:
        return
    for test in request["tests"]:
        tell("begin", id=test["id"])
        tell("end", id=test["id"], **run_test(test, names, request["entryPoint"]))
    tell("done")


def coverage(request, tell):
    names = load(request, tell)
    if names is None:
        return
    for test in request["tests"]:
        lines = set()

        def trace(frame, event, _argument):
            if frame.f_code.co_filename != PROGRAM:
                return None
            if event == "line":
                lines.add(frame.f_lineno)
            return trace

        sys.settrace(trace)
        try:
            run_test(test, names, request["entryPoint"])
        finally:
            sys.settrace(None)
        tell("lines", id=test["id"], lines=sorted(lines))
    tell("done")


def record(request, tell):
    names = load(request, tell)
    if names is None:
        return
    entry = request["entryPoint"]
    original = names.get(entry)
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
    function = names.get(request["entryPoint"])
    for index, call in enumerate(request["inputs"]):
        args, kwargs = decode(call["args"]), decode(call["kwargs"])
        try:
            result = function(*args, **kwargs)
            if isinstance(result, types.GeneratorType):
                result = list(itertools.islice(result, 10000))
            told = {"value": encode(result), "after": encode([args, kwargs])}
        except Opaque:
            told = {"opaque": True}
        except BaseException as error:
            told = {"raised": type(error).__name__}
        tell("output", index=index, **told)
    tell("done")


def load(request, tell):
    """Runs program and support; the names that tests see, or None after telling why not."""
    try:
        code = compile(request["program"], PROGRAM, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        tell("notCompiled", message=describe(error), line=getattr(error, "lineno", None))
        return None
    module = types.ModuleType("program")
    sys.modules["program"] = module
    try:
        exec(code, module.__dict__)
    except BaseException as error:
        tell("crashed", message=describe(error), line=line_of(error, PROGRAM))
        return None
    tell("loaded")
    names = dict(module.__dict__)
    names["__name__"] = "tests"
    support = request.get("support") or ""
    if support.strip():
        try:
            code = compile(support, "support.py", "exec", dont_inherit=True)
        except (SyntaxError, ValueError) as error:
            tell("unusable", message="the support code does not compile: " + describe(error))
            return None
        try:
            exec(code, names)
        except BaseException as error:
            tell("crashed", message="in the support code: " + describe(error), line=None)
            return None
    return names


def run_test(test, names, entry_point):
    seen = Seen()
    file = "test " + test["id"]
    try:
        tree = ast.parse(test["source"], file)
        tree = ast.fix_missing_locations(Watched(entry_point).visit(tree))
        code = compile(tree, file, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return {"outcome": "unusable", "message": "the test does not compile: " + describe(error)}
    scope = dict(names)
    scope[Watched.NAME] = seen.note
    try:
        exec(code, scope)
        if test["kind"] == "check":
            scope["check"](scope[entry_point])
        return {"outcome": "passed"}
    except MemoryError:
        raise
    except BaseException as error:
        asserted = isinstance(error, AssertionError) and innermost_file(error) != PROGRAM
        line = line_of(error, file)
        told = {"outcome": "failed" if asserted else "errored", "message": describe(error)}
        statement = statement_at(test["source"], line)
        if statement:
            told["statement"] = statement
        if asserted:
            told.update(seen.sides_at(line))
        return told


class Seen:
    """The two sides of the comparison that a test made last, by line."""

    def __init__(self):
        self.line, self.sides = None, {}

    def note(self, line, side, value):
        if line != self.line:
            self.line, self.sides = line, {}
        self.sides[side] = value
        return value

    def sides_at(self, line):
        if line is None or self.line is None or abs(self.line - line) > 20 or len(self.sides) < 2:
            return {}
        return {side: shorten(print_value(value), MAX_VALUE) for side, value in self.sides.items()}


class Watched(ast.NodeTransformer):
    """Notes both sides of `assert a == b` and of unittest's assertEqual as they are compared."""

    NAME = "__flywheel_seen__"
    EQUALITIES = {
        "assertEqual",
        "assertListEqual",
        "assertDictEqual",
        "assertTupleEqual",
        "assertAlmostEqual",
        "assertCountEqual",
        "assertIs",
    }

    def __init__(self, entry_point):
        self.actual_names = {entry_point, "candidate"}

    def visit_Assert(self, node):
        compared = node.test
        if isinstance(compared, ast.Compare) and len(compared.ops) == 1:
            right = compared.comparators[0]
            compared.left, compared.comparators[0] = self.noted(compared.left, right, node.lineno)
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr in self.EQUALITIES:
            if len(node.args) >= 2 and not any(isinstance(a, ast.Starred) for a in node.args[:2]):
                node.args[0], node.args[1] = self.noted(node.args[0], node.args[1], node.lineno)
        return node

    def noted(self, left, right, line):
        actual_is_right = self.calls_program(right) and not self.calls_program(left)
        sides = ("expected", "actual") if actual_is_right else ("actual", "expected")
        return self.note(left, sides[0], line), self.note(right, sides[1], line)

    def calls_program(self, node):
        return any(
            isinstance(part, ast.Name) and part.id in self.actual_names for part in ast.walk(node)
        )

    def note(self, value, side, line):
        arguments = [ast.Constant(line), ast.Constant(side), value]
        function = ast.Name(self.NAME, ast.Load())
        return ast.copy_location(ast.Call(function, arguments, []), value)


def innermost_file(error):
    file, trace = None, error.__traceback__
    while trace is not None:
        file, trace = trace.tb_frame.f_code.co_filename, trace.tb_next
    return file


def line_of(error, file):
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def statement_at(source, line):
    if line is None:
        return None
    found = None
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno:
            if found is None or node.lineno >= found.lineno:
                found = node
    return found and shorten(ast.get_source_segment(source, found) or "", MAX_VALUE)


def describe(error):
    try:
        text = str(error)
    except BaseException:
        text = "(its message could not be printed)"
    name = type(error).__name__
    return shorten(name + ": " + text if text else name, MAX_MESSAGE)


def print_value(value):
    try:
        return repr(value)
    except BaseException:
        return "(a value that could not be printed)"


def shorten(text, most):
    if len(text) <= most:
        return text
    half = (most - 3) // 2
    return text[:half] + "..." + text[-half:]


class Opaque(Exception):
    """A value that is not plain data."""


def encode(value, depth=0):
    """Plain data as JSON with the type named where JSON has none; raises Opaque for the rest."""
    if depth > 50:
        raise Opaque()
    kind = type(value)
    if value is None or kind in (bool, str):
        return value
    if kind is int:
        return value if abs(value) < 2**53 else {"$": "int", "v": str(value)}
    if kind is float:
        if math.isnan(value) or math.isinf(value) or (value == 0 and math.copysign(1, value) < 0):
            return {"$": "float", "v": repr(value)}
        return {"$": "float", "v": value}
    if kind is list:
        return [encode(item, depth + 1) for item in value]
    if kind is dict:
        items = [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in value.items()]
        return {"$": "dict", "v": items}
    if kind in (tuple, set, frozenset):
        items = [encode(item, depth + 1) for item in value]
        if kind is not tuple:
            items.sort(key=lambda item: json.dumps(item, sort_keys=True))
        return {"$": kind.__name__, "v": items}
    if kind in (datetime.date, datetime.datetime, datetime.time):
        return {"$": kind.__name__, "v": value.isoformat()}
    if kind is datetime.timedelta:
        return {"$": "timedelta", "v": [value.days, value.seconds, value.microseconds]}
    if kind in (decimal.Decimal, fractions.Fraction):
        return {"$": kind.__name__, "v": str(value)}
    if kind is bytes:
        return {"$": "bytes", "v": value.hex()}
    raise Opaque()


DECODERS = {
    "int": int,
    "float": float,
    "dict": lambda items: {decode(key): decode(value) for key, value in items},
    "tuple": lambda items: tuple(decode(item) for item in items),
    "set": lambda items: {decode(item) for item in items},
    "frozenset": lambda items: frozenset(decode(item) for item in items),
    "date": datetime.date.fromisoformat,
    "datetime": datetime.datetime.fromisoformat,
    "time": datetime.time.fromisoformat,
    "timedelta": lambda parts: datetime.timedelta(*parts),
    "Decimal": decimal.Decimal,
    "Fraction": fractions.Fraction,
    "bytes": bytes.fromhex,
}


def decode(value):
    if isinstance(value, list):
        return [decode(item) for item in value]
    if isinstance(value, dict):
        return DECODERS[value["$"]](value["v"])
    return value


def probe(request, tell):
    import os
    import socket

    found = {}
    try:
        with socket.create_connection((request["host"], request["port"]), timeout=0.3):
            found["network"] = True
    except OSError:
        found["network"] = False
    found["home"] = any(os.path.exists(path) for path in request["paths"])
    writable = []
    for folder in ("/", "/usr", "/dev", "/proc", os.path.dirname(__file__)):
        try:
            with open(os.path.join(folder, "flywheel-probe"), "w"):
                writable.append(folder)
        except OSError:
            pass
    found["writable"] = writable
    found["environment"] = bool(set(os.environ) - set(request["environment"]))
    found["root"] = os.getuid() == 0
    found["others"] = len([name for name in os.listdir("/proc") if name.isdigit()]) > 2
    children = []
    try:
        for _ in range(request["processes"]):
            child = os.fork()
            if child == 0:
                os.kill(os.getpid(), 19)
                os._exit(0)
            children.append(child)
        found["processes"] = False
    except OSError:
        found["processes"] = True
    for child in children:
        os.kill(child, 9)
        os.waitpid(child, 0)
    try:
        block = bytearray(request["memoryMb"] * 1024 * 1024)
        found["memory"] = len(block) == 0
    except MemoryError:
        found["memory"] = True
    tell("probe", **found)
    tell("done")
