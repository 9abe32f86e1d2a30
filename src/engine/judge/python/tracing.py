"""What a program did, line by line: the lines that ran, and the variables that each changed.

Only frames of the program are watched. Values are printed by this file alone, from exact standard
types and from instance dictionaries, so that no `__repr__` of the program runs. What is kept of a
test is bounded while it runs: the first lines, and a ring of the last ones.
"""

import collections
import os
import sys
import time

# Not `threading`, which does work of its own in every process that is forked.
from _thread import allocate_lock

PROGRAM = "program.py"
MAX_EVENTS = 60
MAX_VALUE = 80
MAX_VARIABLES = 12
MAX_SHOWN = 6
MAX_NESTED = 3
MAX_INT_BITS = 512
# The share of the time limit after which what was seen is told, and the job ends.
SOFT_SHARE = 0.7
TRY_SHARE = 0.25
TELL_SECONDS = 0.25


class Trace:
    """Watches the running of one test. `tell` gets events and the number of those left out."""

    def __init__(self, tell):
        self.tell = tell
        self.first, self.last = [], collections.deque(maxlen=MAX_EVENTS // 2)
        self.count, self.next_told = 0, 1
        self.told_at = time.monotonic()
        self.running = {}
        self.lock = allocate_lock()

    def watch(self, frame, event, argument):
        if frame.f_code.co_filename != PROGRAM:
            return None
        try:
            getattr(self, "on_" + event)(frame, argument)
        except RecursionError:
            pass
        return self.watch

    def on_call(self, frame, _argument):
        state = self.running[id(frame)] = State()
        self.begin(state, frame)
        self.changes(state, frame)

    def on_line(self, frame, _argument):
        state = self.running.get(id(frame))
        if state is None:
            state = self.running[id(frame)] = State()
        else:
            self.changes(state, frame)
        state.is_raising = False
        self.begin(state, frame)

    def on_exception(self, frame, argument):
        state = self.running.get(id(frame))
        if state is None or state.event is None:
            return
        self.changes(state, frame)
        state.is_raising = True
        state.event["raised"] = shown_error(argument[0], argument[1])

    def on_return(self, frame, argument):
        state = self.running.pop(id(frame), None)
        if state is None or state.event is None:
            return
        self.changes(state, frame)
        if not state.is_raising:
            state.event["returned"] = shown(argument)
        elif state.event["line"] != frame.f_lineno:
            # It was caught, and a line without an event of its own returned.
            state.event["returned"] = shown(argument)

    def on_opcode(self, _frame, _argument):
        pass

    def begin(self, state, frame):
        name = frame.f_code.co_name
        event = {
            "line": frame.f_lineno,
            "function": None if name == "<module>" else name[:MAX_VALUE],
            "changed": {},
        }
        state.event = event
        self.count += 1
        with self.lock:
            if len(self.first) < MAX_EVENTS - self.last.maxlen:
                self.first.append(event)
            else:
                self.last.append(event)
        # By doubling: what is told before a call that never comes back says most of what there is.
        if self.count >= self.next_told or self.count % 256 == 0 and self.is_due():
            self.next_told = max(self.next_told, 2 * self.count)
            self.tell_now()

    def end(self, message):
        # At the limit there is no frame left to watch from: the watching ended with that error.
        last = (self.last or self.first or [None])[-1]
        if last is not None and "raised" not in last and message.startswith("RecursionError"):
            last["raised"] = message[: 2 * MAX_VALUE]
        self.tell_now()

    def is_due(self):
        return time.monotonic() - self.told_at > TELL_SECONDS

    def tell_now(self):
        with self.lock:
            events = [dict(event, changed=dict(event["changed"])) for event in self.first]
            events += [dict(event, changed=dict(event["changed"])) for event in list(self.last)]
        self.told_at = time.monotonic()
        self.tell(events, max(0, self.count - len(events)))

    def changes(self, state, frame):
        """Notes what the line that ran last changed."""
        for number, (name, value) in enumerate(list(frame.f_locals.items())):
            if number >= MAX_VARIABLES:
                break
            if name[:1] == ".":
                continue
            known = state.seen.get(name)
            if known is not None and known[0] is value and type(value) in UNCHANGING:
                continue
            text = shown(value)
            if known is None or known[1] != text:
                state.event["changed"][name[:MAX_VALUE]] = text
            state.seen[name] = (value if type(value) in UNCHANGING else None, text)


class State:
    """What is known of one frame that runs."""

    __slots__ = ("event", "seen", "is_raising")

    def __init__(self):
        self.event, self.seen, self.is_raising = None, {}, False


UNCHANGING = frozenset([int, float, str, bytes, bool, complex, type(None)])


def shown(value, depth=0):
    """A value in print, of at most MAX_VALUE characters. Runs nothing of the program."""
    return cut(printed(value, depth))


def cut(text, most=MAX_VALUE):
    return text if len(text) <= most else text[: most - 3] + "..."


def printed(value, depth):
    kind = type(value)
    if kind is int and value.bit_length() > MAX_INT_BITS:
        return "<int of %d bits>" % value.bit_length()
    if kind in (int, float, bool, complex, type(None), range):
        return repr(value)
    if kind in (str, bytes, bytearray):
        text = repr(value[:MAX_VALUE])
        return text if len(value) <= MAX_VALUE else "%s... (%d)" % (text[: MAX_VALUE - 20], len(value))
    if depth < MAX_NESTED:
        if kind in BRACKETS:
            return in_brackets(kind, value, depth)
        if kind in MAPPINGS:
            return of_name(kind, "{" + pairs(dict.items(value), len(value), ": ", depth) + "}")
    name = class_name(kind)
    if issubclass(kind, type):
        return "<%s %s>" % (name, class_name(value))
    if kind in NAMED_KINDS:
        return "<%s %s>" % (name, value.__name__)
    held = instance_dictionary(value)
    if held and depth < MAX_NESTED:
        named = ((Bare(key), item) for key, item in list(held.items())[:MAX_SHOWN])
        return name + "(" + pairs(named, len(held), "=", depth) + ")"
    return "<" + name + ">"


BRACKETS = {
    list: "[]",
    tuple: "()",
    set: "{}",
    frozenset: "{}",
    collections.deque: "[]",
}
MAPPINGS = (dict, collections.defaultdict, collections.OrderedDict, collections.Counter)
NAMED_KINDS = (type(cut), type(len))


class Bare(str):
    """A name that is printed without quotes."""


def of_name(kind, text):
    return text if kind in (dict, list, tuple, set) else class_name(kind) + "(" + text + ")"


def in_brackets(kind, value, depth):
    shown_items = []
    for item in value:
        if len(shown_items) == MAX_SHOWN:
            break
        shown_items.append(shown(item, depth + 1))
    left = len(value) - len(shown_items)
    if left > 0:
        shown_items.append("... %d more" % left)
    text = ", ".join(shown_items)
    if kind is tuple and len(value) == 1:
        text += ","
    if not value and kind is set:
        return "set()"
    opening, closing = BRACKETS[kind]
    return of_name(kind, opening + text + closing)


def pairs(items, length, between, depth):
    told = []
    for key, item in items:
        if len(told) == MAX_SHOWN:
            break
        name = str(key)[:MAX_VALUE] if type(key) is Bare else shown(key, depth + 1)
        told.append(name + between + shown(item, depth + 1))
    if length > len(told):
        told.append("... %d more" % (length - len(told)))
    return ", ".join(told)


def instance_dictionary(value):
    """The attributes of an instance as they lie there; None where it has no plain dictionary."""
    try:
        held = object.__getattribute__(value, "__dict__")
    except Exception:
        return None
    if type(held) is not dict or not all(type(key) is str for key in held):
        return None
    return held


def class_name(kind):
    return type.__dict__["__name__"].__get__(kind)


def shown_error(kind, error):
    name = class_name(kind) if isinstance(kind, type) else "exception"
    args = BaseException.args.__get__(error) if isinstance(error, BaseException) else ()
    if not args:
        return name
    first = args[0]
    return cut(name + ": " + (first[:MAX_VALUE] if type(first) is str else shown(first)), 2 * MAX_VALUE)


def trace_tests(tests, run, tell, seconds):
    """
    Runs tests, those that fail first, telling of each what its trace is by then (id, events, number
    left out). When most of the time is over, it tells what there is and ends this process.
    """
    until = time.monotonic() + SOFT_SHARE * seconds
    failing = failing_among(tests, run, TRY_SHARE * seconds)
    current = []

    def end_in_time():
        time.sleep(max(0.0, until - time.monotonic()))
        for trace in current:
            trace.tell_now()
        os._exit(0)

    import threading

    threading.Thread(target=end_in_time, daemon=True).start()
    for test in sorted(tests, key=lambda test: test["id"] not in failing):
        trace = Trace(lambda events, omitted, test=test: tell(test["id"], events, omitted))
        current[:] = [trace]
        sys.settrace(trace.watch)
        try:
            told = run(test)
        finally:
            sys.settrace(None)
        trace.end(told.get("message", ""))
        current.clear()


def failing_among(tests, run, seconds):
    """Ids of the tests that do not pass in that time, found out in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            for number, test in enumerate(tests):
                if run(test)["outcome"] == "passed":
                    os.write(writing, bytes([number % 256]))
        finally:
            os._exit(0)
    os.close(writing)
    passed = passed_in(reading, time.monotonic() + seconds)
    os.close(reading)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return {test["id"] for number, test in enumerate(tests) if number % 256 not in passed}


def passed_in(reading, until):
    import select

    passed = set()
    while True:
        left = until - time.monotonic()
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            return passed
        data = os.read(reading, 4096)
        if not data:
            return passed
        passed.update(data)
