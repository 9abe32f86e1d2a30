"""Runs one test, and tells how it failed: the statement, and both sides of its comparison."""

import ast
import sys
import types

from conversation import OWN_FILES

PROGRAM = "program.py"
SUPPORT = "support.py"
MAX_MESSAGE = 2000
MAX_VALUE = 400


def run_test(test, names, entry_point):
    """The outcome of one test, as told; its code is compiled once."""
    compiled = test.get("compiled") or compile_test(test, entry_point)
    if isinstance(compiled, str):
        return {"outcome": "unusable", "message": compiled}
    test["compiled"] = compiled
    seen, scope = Seen(), dict(names)
    scope[Watched.NAME] = seen.note
    scope["__name__"] = "__main__"
    try:
        before = dict(scope)
        wait_for(eval(compiled, scope))
        run_definitions(scope, before, test)
        if test["kind"] == "check":
            if not callable(scope.get("check")):
                return {"outcome": "unusable", "message": "the test defines no function check"}
            wait_for(scope["check"](entry_value(scope, entry_point)))
        return {"outcome": "passed"}
    except MemoryError:
        raise
    except BaseException as error:
        asserted = isinstance(error, AssertionError) and not is_by_program(error)
        line = line_of(error, file_of(test))
        told = {"outcome": "failed" if asserted else "errored", "message": describe(error)}
        statement = failing_statement(test, line)
        if statement:
            told["statement"] = statement
        if asserted:
            told.update(seen.sides_at(line))
        return told


def run_definitions(scope, before, test):
    """Runs what a test only defines and leaves to a runner: cases of unittest, functions of pytest."""
    unittest = sys.modules.get("unittest")
    mentions = None
    for name, value in list(scope.items()):
        if before.get(name) is value:
            continue
        if unittest and isinstance(value, type) and issubclass(value, unittest.TestCase):
            run_case(unittest, value)
        elif name.startswith("test") and type(value) is types.FunctionType:
            mentions = mentioned(test) if mentions is None else mentions
            if name not in mentions and takes_nothing(value):
                wait_for(value())


def takes_nothing(function):
    # Not loaded ahead, for it takes long.
    import inspect

    return not inspect.signature(function).parameters


def run_case(unittest, case):
    first = []

    class Result(unittest.TestResult):
        def addFailure(self, test, told):
            first.append(told[1])

        def addError(self, test, told):
            first.append(told[1])

        def addSubTest(self, test, subtest, told):
            if told is not None:
                first.append(told[1])

    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(Result())
    if first:
        raise first[0]


def wait_for(result):
    if isinstance(result, types.CoroutineType):
        import asyncio

        asyncio.run(result)


def compile_test(test, entry_point):
    try:
        tree = ast.parse(test["source"], file_of(test))
        if "unittest" in test["source"]:
            import unittest

            # The cases that a test defines are run behind it, and nothing of it ends the process.
            unittest.main = lambda *_arguments, **_named: None
        tree = Watched(entry_point).visit(tree)
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        return compile(tree, file_of(test), "exec", flags, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError) as error:
        return "the test does not compile: " + describe(error)


def mentioned(test):
    """The names that a test uses, of which it sees to by itself."""
    tree = ast.parse(test["source"])
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def file_of(test):
    # Not by its id, which may hold what no file name may.
    return "test %d" % id(test)


def entry_value(scope, entry_point):
    return scope[entry_point] if entry_point in scope else scope["__builtins__"][entry_point]


def is_by_program(error):
    return innermost_file(error) in (PROGRAM, *OWN_FILES)


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
        # In this order: what is called mostly stands left, and right a long literal.
        actual_is_right = not self.calls_program(left) and self.calls_program(right)
        sides = ("expected", "actual") if actual_is_right else ("actual", "expected")
        return self.note(left, sides[0], line), self.note(right, sides[1], line)

    def calls_program(self, node):
        return any(
            isinstance(part, ast.Name) and part.id in self.actual_names for part in ast.walk(node)
        )

    def note(self, value, side, line):
        function, *told = (
            ast.copy_location(part, value)
            for part in (ast.Name(self.NAME, ast.Load()), ast.Constant(line), ast.Constant(side))
        )
        return ast.copy_location(ast.Call(function, [*told, value], []), value)


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


def failing_statement(test, line):
    """Found once for each line: many programs fail at the same one."""
    found = test.setdefault("statements", {})
    if line not in found:
        found[line] = statement_at(test["source"], line)
    return found[line]


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
